package io.hera.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Secrets;
import io.hera.testkit.TestCa;
import io.hera.testkit.TestCa.Issued;
import io.hera.testkit.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Attack H3: what all unit tests have logged at DEBUG has no secret. */
class SecretsInLogsIT {
  private static final Path LOGS = Path.of("target", "logs");

  @Test
  void eachKindOfSecretIsFound() {
    TestCa ca = new TestCa();
    Issued ec = ca.issue("a");
    Issued rsa = ca.issue(TestCa.request().names("a").rsa(2_048));
    String token = Tokens.make();
    assertThat(List.of(token, Tokens.hash(token), ec.keyPem(), ec.oldKeyPem(), rsa.keyPem()))
        .allMatch(Secrets::areIn);
    assertThat(List.of(base64(ec.keyPem()), base64(rsa.keyPem()))).allMatch(Secrets::areIn);
    assertThat(List.of(ec.certificatePem(), rsa.certificatePem(), token.substring(0, 53)))
        .noneMatch(Secrets::areIn);
  }

  private static String base64(String pem) {
    return pem.replaceAll("-+[A-Z ]+-+|\\s", "");
  }

  @Test
  void H3_noLogHasASecret() throws IOException {
    try (Stream<Path> files = Files.list(LOGS)) {
      List<Path> logs = files.toList();
      for (String logger : List.of("io.hera.", "io.vertx.", "io.netty.", "hera.audit ")) {
        assertThat(logs).as(logger).anyMatch(log -> has(log, line -> line.contains(logger)));
      }
      assertThat(logs).noneMatch(log -> has(log, Secrets::areIn));
    }
  }

  private static boolean has(Path log, Predicate<String> condition) {
    try (Stream<String> lines = Files.lines(log)) {
      return lines.anyMatch(condition);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.hera.torture;

import io.hera.testkit.TestCa;
import io.hera.testkit.TlsNodes;
import io.hera.testkit.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * TLS and access control of the nodes: they prove to each other by certificates who they are, and clients show a token. The driver asks
 * whether nodes are ready in clear, as a switch-over allows.
 *
 * @param settings of every node
 * @param client trusts the certificates
 */
record Protection(String settings, HttpClient client) {
  /** Certificates are good whatever the wall clock of a node says. */
  private static final Duration SPAN = Duration.ofDays(1_000);

  static final String TOKEN = Tokens.ALL;

  /** Makes the files in {@code folder}. */
  static Protection in(Path folder) {
    TestCa ca = new TestCa(SPAN.negated(), SPAN);
    Path files = folder.resolve("tls");
    ca.write(files, ca.issue(TestCa.request().names("127.0.0.1").valid(SPAN.negated(), SPAN)));
    Path access = folder.resolve("access.yml");
    try {
      Files.writeString(access, Tokens.FILE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Protection(
        "tls: %s%naccess: %s%nplaintext: true%n".formatted(files, access),
        TlsNodes.client(ca.clientContext()));
  }
}

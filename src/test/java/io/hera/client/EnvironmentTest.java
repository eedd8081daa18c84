package io.hera.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hera.config.Settings;
import io.hera.config.source.SwitchedFile;
import io.hera.testkit.TestCa;
import io.hera.testkit.TestCa.Issued;
import io.hera.testkit.TlsNodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {
  private static final String RULES =
      "shop:\n  can: [write shop]\n  certificates: [dns:shop.example]\n";

  @TempDir
  private Path directory;

  private Map<String, String> files(Path of) {
    return new HashMap<>(Map.of(
        "HERA_CA", of.resolve("ca.crt").toString(),
        "HERA_CERT", of.resolve("tls.crt").toString(),
        "HERA_KEY", of.resolve("tls.key").toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  void aNodeKnowsTheClientByItsCertificate(String algorithm) throws Exception {
    try (TlsNodes nodes = new TlsNodes(directory, "a")) {
      Path rules = Files.writeString(directory.resolve("access.yml"), RULES);
      nodes.ca.write(nodes.files("a"), nodes.ca.issue("127.0.0.1"));
      nodes.start(
          nodes.config("a").with(Settings.ACCESS, new SwitchedFile.Named(rules.toString())));
      TestCa.Request own = TestCa.request().names("shop.example").clientOnly();
      Path shop = nodes.ca.write(
          directory.resolve("shop"),
          nodes.ca.issue(algorithm.equals("RSA") ? own.rsa(2_048) : own));
      Map<String, String> variables = files(shop);
      variables.put("HERA_NODES", "https://127.0.0.1:" + nodes.port("a"));
      HeraSettings settings =
          Environment.settings(variables).withDrain(Duration.ZERO).withoutShutdownHook();
      try (HeraClient client = HeraClient.create(settings)) {
        Registration one = client.register(Offer.of("shop", "1", Document.of("{\"host\":\"h\"}")));
        one.registered().toCompletableFuture().get(30, TimeUnit.SECONDS);
        assertThat(one.state()).isEqualTo(Registration.State.REGISTERED);
      }
    }
  }

  private void refused(Map<String, String> variables, String... why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Environment.settings(variables))
        .satisfies(fault -> assertThat(fault.getMessage()).contains(why));
  }

  @Test
  void aCertificateAndItsKeyGoTogether() throws IOException {
    TestCa ca = new TestCa();
    Path one = ca.write(directory.resolve("1"), ca.issue("shop.example"));
    Path other = ca.write(directory.resolve("2"), ca.issue("shop.example"));
    Map<String, String> variables = files(one);
    variables.remove("HERA_KEY");
    refused(variables, "HERA_CERT: HERA_KEY is not set");
    variables = files(one);
    variables.remove("HERA_CERT");
    refused(variables, "HERA_KEY: HERA_CERT is not set");
    variables = files(one);
    variables.put("HERA_KEY", other.resolve("tls.key").toString());
    refused(variables, "HERA_KEY: ", "is not the key of the certificate in ");
    assertThat(Environment.settings(files(one)).identity().tls()).isPresent();
  }

  @Test
  void aFaultNamesTheVariableAndTheFile() throws IOException {
    TestCa ca = new TestCa();
    Issued issued = ca.issue("shop.example");
    Path own = ca.write(directory.resolve("own"), issued);
    for (String variable : files(own).keySet()) {
      Map<String, String> variables = files(own);
      variables.put(variable, "no-such-file");
      refused(variables, variable + ": no-such-file cannot be read");
      Path empty = Files.writeString(directory.resolve("empty"), "");
      variables.put(variable, empty.toString());
      refused(variables, variable + ": " + empty + " has no ");
    }
    Files.writeString(own.resolve("tls.key"), issued.oldKeyPem());
    refused(files(own), "HERA_KEY: ", "in the form EC PRIVATE KEY: make an unencrypted PKCS#8 key");
    Files.writeString(
        own.resolve("tls.key"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    refused(files(own), "HERA_KEY: ", "tls.key cannot be read");
  }

  @Test
  void withoutFilesTheContextOfTheJdkIsUsed() {
    assertThat(Environment.settings(Map.of()).identity().tls()).isEmpty();
  }
}

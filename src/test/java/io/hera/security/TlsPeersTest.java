package io.hera.security;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.cli.Hera;
import io.hera.testkit.Console;
import io.hera.testkit.Eventually;
import io.hera.testkit.RawServer;
import io.hera.testkit.TestCa;
import io.hera.testkit.TestCa.Issued;
import io.hera.testkit.TlsNodes;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What nodes with TLS believe of their peers. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(120)
class TlsPeersTest {
  private static final byte[] NOTHING =
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII);

  @TempDir
  private Path directory;

  private TlsNodes nodes;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  @BeforeEach
  void choose() {
    nodes = new TlsNodes(directory, "a", "b");
  }

  @AfterEach
  void stop() {
    nodes.close();
  }

  private void impostor(Issued issued) {
    HttpServerOptions options = new HttpServerOptions()
        .setSsl(true)
        .setKeyCertOptions(new PemKeyCertOptions()
            .addCertValue(Buffer.buffer(issued.certificatePem()))
            .addKeyValue(Buffer.buffer(issued.keyPem())));
    nodes
        .vertx()
        .createHttpServer(options)
        .requestHandler(request -> {
          asked.add(request.uri());
          request
              .response()
              .setStatusCode(307)
              .putHeader("Location", "https://127.0.0.1:" + nodes.port("b") + "/elsewhere")
              .end();
        })
        .listen(nodes.port("b"), "127.0.0.1")
        .await();
  }

  private void refused(String reason) {
    Eventually.passes(() -> assertThat(nodes.lastError("a", "b")).isEqualTo(reason));
    assertThat(asked).isEmpty();
  }

  private void startA() {
    nodes.start("a");
    Eventually.passes(() -> assertThat(nodes.put("a", "/web/1")).isEqualTo(204));
  }

  @Test
  void nodesReplicateByTls() {
    nodes.start("a");
    nodes.start("b");
    Eventually.passes(() -> assertThat(nodes.put("a", "/web/1")).isEqualTo(204));
    Eventually.passes(
        () -> assertThat(nodes.send("GET", "b", "/web", "").body()).isEqualTo("{\"1\":{}}"));
  }

  @Test
  void theDoctorAsksByTlsIfTheFileSaysSo() throws IOException {
    nodes.start("a");
    nodes.start("b");
    Path trusted = Files.createDirectory(directory.resolve("public")); // the doctor needs no key
    Files.copy(nodes.files("a").resolve("ca.crt"), trusted.resolve("ca.crt"));
    Path file = Files.writeString(
        directory.resolve("hera.yml"), """
        tls: %s
        cluster:
          a: {host: 127.0.0.1, port: %d}
          b: {host: 127.0.0.1, port: 9, tls-port: %d}
        """.formatted(trusted, nodes.port("a"), nodes.port("b")));
    Eventually.passes(() -> {
      StringWriter out = new StringWriter();
      int code = Hera.execute(
          "test",
          launch -> 99,
          Console.surroundings(InputStream.nullInputStream(), out, out),
          "doctor",
          "-c",
          file.toString());
      assertThat(out.toString()).contains("All 2 nodes agree");
      assertThat(code).isZero();
    });
  }

  @Test
  void E4_anImpostorWithACertificateOfAnotherCaIsNotAsked() {
    impostor(new TestCa().issue("127.0.0.1"));
    startA();
    refused("shows a certificate of an unknown CA");
  }

  @Test
  void E4_anImpostorWithAnotherNameIsNotAsked() {
    impostor(nodes.ca.issue("c.example", "127.0.0.2"));
    startA();
    refused("shows a certificate for another host");
  }

  @Test
  void E4_anImpostorWithAnExpiredCertificateIsNotAsked() {
    impostor(nodes.ca.issue(TestCa.request().valid(Duration.ofDays(-2), Duration.ofDays(-1))));
    startA();
    refused("shows a certificate that is not valid at this time");
  }

  @Test
  void E4_anImpostorWithACertificateForClientsIsNotAsked() {
    impostor(nodes.ca.issue(TestCa.request().clientOnly()));
    startA();
    refused("shows a certificate for another purpose");
  }

  @Test
  void E4_anImpostorWithARevokedCertificateIsNotAsked() throws IOException {
    Issued revoked = nodes.ca.issue("127.0.0.1");
    impostor(revoked);
    nodes.ca.write(nodes.files("a"), nodes.ca.issue("127.0.0.1"));
    Files.writeString(nodes.files("a").resolve("ca.crl"), nodes.ca.revoke(revoked));
    nodes.start(nodes.config("a"));
    refused("shows a revoked certificate");
  }

  @Test
  void G12_withARevocationListTheNameIsStillChecked() throws IOException {
    impostor(nodes.ca.issue("c.example"));
    nodes.ca.write(nodes.files("a"), nodes.ca.issue("127.0.0.1"));
    Files.writeString(
        nodes.files("a").resolve("ca.crl"), nodes.ca.revoke(nodes.ca.issue("d.example")));
    nodes.start(nodes.config("a"));
    refused("shows a certificate for another host");
  }

  @Test
  void E4_E5_aPeerWithoutTlsGetsNoRequest() {
    try (RawServer clear = new RawServer(nodes.port("b"), head -> Optional.of(NOTHING))) {
      startA();
      Eventually.passes(() -> assertThat(nodes.lastError("a", "b")).isNotEmpty());
      assertThat(clear.heads()).isEmpty();
    }
  }

  @Test
  void E5_aRedirectIsNotFollowed() {
    impostor(nodes.ca.issue("127.0.0.1"));
    startA();
    Eventually.passes(() -> assertThat(nodes.lastError("a", "b")).isEqualTo("answered 307"));
    assertThat(asked).isNotEmpty().allMatch(uri -> uri.startsWith("/_deltas"));
  }
}

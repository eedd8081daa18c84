package io.hera.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hera.config.ConfigException;
import io.hera.config.source.Fault;
import io.hera.testkit.Eventually;
import io.hera.testkit.TestCa;
import io.hera.testkit.TlsNodes;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a node serves with TLS. */
@Timeout(120)
class TlsServerTest {
  @TempDir
  private Path directory;

  private TlsNodes nodes;

  @BeforeEach
  void choose() {
    nodes = new TlsNodes(directory, "a");
  }

  @AfterEach
  void stop() {
    nodes.close();
  }

  private static String exchange(Socket socket, String request) throws IOException {
    socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

  private static String head(String method, String version) {
    return method + " /_health/live " + version + "\r\nHost: x\r\nConnection: close\r\n\r\n";
  }

  private void failures(String reason, double atLeast) {
    Eventually.passes(() -> assertThat(
            nodes.metric("a", "hera_tls_handshake_failures_total{reason=\"" + reason + "\"}"))
        .as(nodes.status("a").getJsonObject("tls").encode())
        .isGreaterThanOrEqualTo(atLeast));
  }

  @Test
  void aNodeWithTlsServesAllMethodsByIt() {
    nodes.start("a");

    assertThat(nodes.put("a", "/web/1")).isEqualTo(204);
    assertThat(nodes.send("GET", "a", "/web", "").body()).isEqualTo("{\"1\":{}}");
    assertThat(nodes.send("DELETE", "a", "/web/1", "").statusCode()).isEqualTo(204);
    assertThat(
            nodes.metric("a", "hera_security{access=\"open\",plaintext=\"refused\",tls=\"1.3\"}"))
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1", "TLSv1.1", "TLSv1.2"})
  void G1_anOlderVersionIsRefused(String version) throws IOException {
    nodes.start("a");
    try (SSLSocket socket = nodes.socket("a")) {
      socket.setEnabledProtocols(new String[] {version});
      assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
    }
    if (version.equals("TLSv1.2")) { // the JDK of the client does not even try the others
      failures("version", 1);
    }
  }

  @Test
  void G1_theHandshakeIsThatOfVersion13() throws IOException {
    nodes.start("a");
    try (SSLSocket socket = nodes.socket("a")) {
      assertThat(exchange(socket, head("GET", "HTTP/1.1"))).startsWith("HTTP/1.1 200 OK\r\n");
      assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
    }
  }

  @Test
  void G2_aRequestWithoutTlsIsClosedWithoutAByteOfHttpAndCounted() throws IOException {
    nodes.start("a");
    try (Socket socket = nodes.clear("a")) {
      assertThat(exchange(socket, head("GET", "HTTP/1.1")))
          .doesNotContain("HTTP")
          .hasSizeLessThan(8);
    }
    failures("clear", 1);
  }

  @Test
  void G4_aClientThatSpeaksHttp2AloneIsRefused() throws IOException {
    nodes.start("a");
    try (SSLSocket socket = nodes.socket("a")) {
      offer(socket, "h2");
      assertThatThrownBy(() -> exchange(socket, head("GET", "HTTP/1.1")))
          .isInstanceOf(SSLHandshakeException.class)
          .hasMessageContaining("no_application_protocol");
    }
    failures("protocol", 1);
  }

  @Test
  void G4_aClientThatPrefersHttp2GetsHttp11() throws IOException {
    nodes.start("a");
    try (SSLSocket socket = nodes.socket("a")) {
      offer(socket, "h2", "http/1.1");
      assertThat(exchange(socket, head("GET", "HTTP/1.1"))).startsWith("HTTP/1.1 200 OK\r\n");
      assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
    }
  }

  @Test
  void G4_thePrefaceOfHttp2IsRefusedInside() throws IOException {
    nodes.start("a");
    try (SSLSocket socket = nodes.socket("a")) {
      assertThat(exchange(socket, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))
          .matches("(?s)HTTP/1\\.1 (505|400) .*");
    }
  }

  private static void offer(SSLSocket socket, String... protocols) {
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(protocols);
    socket.setSSLParameters(parameters);
  }

  @Test
  void materialThatCannotBeServedIsAFaultOfTheConfiguration() throws IOException {
    nodes.ca.write(nodes.files("a"), nodes.ca.issue("127.0.0.1"));
    Files.writeString(
        nodes.files("a").resolve("tls.key"), new TestCa().issue("x").keyPem());

    assertThatThrownBy(() -> nodes.start(nodes.config("a")))
        .isInstanceOfSatisfying(
            ConfigException.class,
            wrong -> assertThat(wrong.faults())
                .map(Fault::toString)
                .containsExactly(
                    nodes.files("a") + "/tls.key: is not the key of the certificate in "
                        + nodes.files("a") + "/tls.crt"));
  }

  @Test
  void anExpiredCertificateIsServedAllTheSame() {
    nodes.start(
        "a", nodes.ca.issue(TestCa.request().valid(Duration.ofDays(-2), Duration.ofDays(-1))));

    assertThatThrownBy(() -> nodes.put("a", "/web/1"))
        .hasRootCauseInstanceOf(CertificateExpiredException.class);
  }

  @Test
  void aBrowserMayCallANodeByANameOfItsCertificate() throws IOException {
    nodes.start("a", nodes.ca.issue("127.0.0.1", "registry.example"));

    assertThat(byBrowser("registry.example")).startsWith("HTTP/1.1 200 ");
    assertThat(byBrowser("evil.example")).startsWith("HTTP/1.1 421 ");
  }

  private String byBrowser(String host) throws IOException {
    try (SSLSocket socket = nodes.socket("a")) {
      return exchange(
          socket,
          "GET /_health/live HTTP/1.1\r\nHost: " + host
              + "\r\nSec-Fetch-Site: none\r\nConnection: close\r\n\r\n");
    }
  }
}

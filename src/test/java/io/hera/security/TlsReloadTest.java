package io.hera.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Eventually;
import io.hera.testkit.TestCa;
import io.hera.testkit.TestCa.Issued;
import io.hera.testkit.TlsNodes;
import io.hera.tls.TlsException;
import io.hera.tls.TlsFailure;
import io.hera.tls.TlsSource;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a node takes over changed TLS files while it runs. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(120)
class TlsReloadTest {
  @TempDir
  private Path directory;

  private TlsNodes nodes;
  private TestCa ca;

  @BeforeEach
  void choose() {
    nodes = new TlsNodes(directory, "a", "b", "c");
    ca = nodes.ca;
  }

  @AfterEach
  void stop() {
    nodes.close();
  }

  private Certificate served(SSLContext context, String node) throws IOException {
    try (SSLSocket socket = nodes.socket(context, node)) {
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  private void serves(String node, Issued issued) {
    Eventually.passes(
        () -> assertThat(served(ca.clientContext(), node)).isEqualTo(issued.certificate()));
  }

  private void refuses(String node, String reason) {
    Eventually.passes(() -> {
      assertThat(nodes.status(node).getJsonObject("tls").getString("refused")).contains(reason);
      assertThat(nodes.metric(node, "hera_tls_reload_failed_total")).isEqualTo(1);
    });
  }

  @Test
  void G8_ofAKeyAndThenItsCertificateNothingIsServedBeforeBothAreThere() throws IOException {
    Issued old = ca.issue("127.0.0.1");
    Issued next = ca.issue("127.0.0.1");
    nodes.start("a", old);
    nodes.replace("a", "tls.key", next.keyPem());
    refuses("a", "is not the key of the certificate");
    assertThat(served(ca.clientContext(), "a")).isEqualTo(old.certificate());

    nodes.replace("a", "tls.crt", next.certificatePem());
    serves("a", next);
    assertThat(nodes.status("a").getJsonObject("tls").getString("refused")).isEmpty();
  }

  /** Kubernetes replaces a link to a directory: the files themselves stay what they are. */
  @Test
  void G8_aSwapOfSymbolicLinksIsSeen() throws IOException {
    Issued next = ca.issue("127.0.0.1");
    Path first = ca.write(directory.resolve("first"), ca.issue("127.0.0.1"));
    Path second = ca.write(directory.resolve("second"), next);
    Files.createSymbolicLink(nodes.files("a"), first);
    nodes.start(nodes.config("a"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), second);
    Files.move(link, nodes.files("a"), StandardCopyOption.ATOMIC_MOVE);
    serves("a", next);
  }

  @Test
  void G8_connectionsThatStandGoOn() throws IOException {
    nodes.start("a");
    try (SSLSocket socket = nodes.socket("a")) {
      socket.startHandshake();
      Issued next = ca.issue("127.0.0.1");
      ca.write(nodes.files("a"), next);
      serves("a", next);
      socket
          .getOutputStream()
          .write("GET /_health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
              .getBytes(ISO_8859_1));
      assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
          .startsWith("HTTP/1.1 200 ");
    }
  }

  /** A client keeps its session: resumed, it would show the certificate of before. */
  @Test
  void G6_aSessionFromBeforeAChangeIsNotResumed() throws IOException {
    Issued old = ca.issue("127.0.0.1");
    Issued next = ca.issue("127.0.0.1");
    nodes.start("a", old);
    SSLContext client = ca.clientContext();
    assertThat(served(client, "a")).isEqualTo(old.certificate());
    assertThat(served(client, "a")).isEqualTo(old.certificate());
    ca.write(nodes.files("a"), next);
    serves("a", next);
    assertThat(served(client, "a")).isEqualTo(next.certificate());
  }

  @Test
  void G8_clientsThatConnectAllTheTimeSeeNoFailure() throws Exception {
    Issued old = ca.issue("127.0.0.1");
    Issued next = ca.issue("127.0.0.1");
    nodes.start("a", old);
    AtomicBoolean changed = new AtomicBoolean();
    CompletableFuture<Set<Certificate>> seen = CompletableFuture.supplyAsync(() -> {
      Set<Certificate> all = new HashSet<>();
      while (!changed.get()) {
        all.add(servedUnchecked("a"));
      }
      return all;
    });
    nodes.replace("a", "tls.key", next.keyPem());
    refuses("a", "is not the key of the certificate");
    nodes.replace("a", "tls.crt", next.certificatePem());
    serves("a", next);
    changed.set(true);
    assertThat(seen.get(60, TimeUnit.SECONDS))
        .contains(old.certificate())
        .isSubsetOf(old.certificate(), next.certificate());
  }

  private Certificate servedUnchecked(String node) {
    try {
      return served(ca.clientContext(), node);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"empty", "cut", "deleted", "other node", "other ca", "expired"})
  void G9_materialThatCannotBeServedIsRefusedAndTheOldStays(String kind) throws IOException {
    Issued old = ca.issue("127.0.0.1");
    nodes.start("a", old);
    Path certificate = nodes.files("a").resolve("tls.crt");
    String reason;
    switch (kind) {
      case "empty" -> {
        Files.writeString(certificate, "");
        reason = "has no certificate";
      }
      case "cut" -> {
        Files.writeString(certificate, old.certificatePem().substring(0, 300));
        reason = "is cut off";
      }
      case "deleted" -> {
        Files.delete(certificate);
        reason = "does not exist";
      }
      case "other node" -> {
        ca.write(nodes.files("a"), ca.issue("b.example"));
        reason = "names b.example but not 127.0.0.1, which is this node's host";
      }
      case "other ca" -> {
        Issued foreign = new TestCa().issue("127.0.0.1");
        nodes.replace("a", "tls.key", foreign.keyPem());
        nodes.replace("a", "tls.crt", foreign.certificatePem());
        reason = "is not issued by a certificate in";
      }
      default -> {
        ca.write(
            nodes.files("a"),
            ca.issue(TestCa.request().valid(Duration.ofDays(-2), Duration.ofDays(-1))));
        reason = "has expired";
      }
    }
    refuses("a", reason);
    assertThat(served(ca.clientContext(), "a")).isEqualTo(old.certificate());
  }

  /** First both CAs, then the certificates, then the new CA alone. */
  @Test
  void G10_theCaIsReplacedAndNoNodeDistrustsAnother() throws TlsException {
    List<String> names = List.of("a", "b", "c");
    for (String name : names) {
      ca.write(nodes.files(name), ca.issue("127.0.0.1"));
      // An exchange may take almost twice that: a busy machine makes none fail.
      nodes.start(nodes.config(name));
    }
    names.forEach(name ->
        Eventually.passes(() -> assertThat(nodes.put(name, "/web/" + name)).isEqualTo(204)));
    TestCa next = new TestCa(Duration.ofDays(100));
    names.forEach(name -> nodes.replace(name, "ca.crt", TestCa.join(ca.pem(), next.pem())));
    names.forEach(name -> trusts(ca, name, next));
    SSLContext both =
        TlsSource.directory(nodes.files("a").toString()).readTrust().clientContext();
    for (String name : names) {
      Issued issued = next.issue("127.0.0.1");
      nodes.replace(name, "tls.key", issued.keyPem());
      nodes.replace(name, "tls.crt", issued.certificatePem());
      Eventually.passes(() -> assertThat(served(both, name)).isEqualTo(issued.certificate()));
    }
    names.forEach(name -> nodes.replace(name, "ca.crt", next.pem()));
    HttpClient client = TlsNodes.client(next.clientContext());
    for (String name : names) {
      assertThat(nodes.send(client, "PUT", name, "/after/" + name, "{}").statusCode())
          .isEqualTo(204);
    }
    names.forEach(name -> Eventually.passes(
        () -> assertThat(nodes.send(client, "GET", name, "/after", "").body())
            .as(nodes.send(client, "GET", name, "/_status", "").body())
            .contains("\"a\"", "\"b\"", "\"c\"")));
    // A node that distrusts another one refuses its handshake, or has its own refused. A busy
    // machine makes some late.
    for (String name : names) {
      JsonObject failed =
          status(next, name).getJsonObject("tls").getJsonObject("handshake_failures");
      assertThat(failed.fieldNames())
          .as(failed.encode())
          .isSubsetOf(TlsFailure.TIMEOUT.label(), TlsFailure.CLOSED.label());
    }
  }

  private JsonObject status(TestCa client, String name) {
    return new JsonObject(nodes
        .send(TlsNodes.client(client.clientContext()), "GET", name, "/_status", "")
        .body());
  }

  private void trusts(TestCa client, String name, TestCa earliest) {
    Eventually.passes(() -> assertThat(status(client, name)
            .getJsonObject("tls")
            .getJsonObject("certificates")
            .getJsonObject("ca")
            .getString("not_after"))
        .isEqualTo(earliest.notAfter().toString()));
  }
}

package io.hera.security;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hera.testkit.Eventually;
import io.hera.testkit.HeraProcess;
import io.hera.testkit.Ports;
import io.hera.testkit.Secrets;
import io.hera.tls.TlsException;
import io.hera.tls.TlsSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes with TLS, from nothing. */
@Timeout(300)
class TlsIT {
  @TempDir
  private Path directory;

  private final List<HeraProcess> started = new ArrayList<>();
  private final Map<String, Integer> ports = new TreeMap<>();

  @AfterEach
  void stop() {
    String said = started.stream().map(node -> node.out() + node.err()).collect(joining());
    started.forEach(HeraProcess::close);
    assertThat(said.lines()).noneMatch(Secrets::areIn);
  }

  private void choose(String... names) {
    List<Integer> free = Ports.free(names.length);
    for (int i = 0; i < names.length; i++) {
      ports.put(names[i], free.get(i));
    }
  }

  private void certificates(String... options) {
    List<String> arguments = new ArrayList<>(List.of("certificates"));
    arguments.addAll(List.of(options));
    arguments.add(directory.resolve("pki").toString());
    ports.keySet().forEach(name -> arguments.add(name + "=127.0.0.1"));
    try (HeraProcess made = HeraProcess.start(arguments.toArray(String[]::new))) {
      assertThat(made.exitCode()).as(made.err()).isZero();
    }
  }

  private Path config(String name, String settings) throws IOException {
    StringBuilder yaml = new StringBuilder(settings)
        .append("tls: " + directory.resolve("pki").resolve(name) + "\ncluster:\n");
    ports.forEach(
        (node, port) -> yaml.append("  %s: {host: 127.0.0.1, port: %d}%n".formatted(node, port)));
    return Files.writeString(directory.resolve(name + ".yml"), yaml);
  }

  private void start(String name, String settings) throws IOException {
    started.add(HeraProcess.startIn(
        Map.of("HERA_LOG_LEVEL", "DEBUG"), "-c", config(name, settings).toString(), "-n", name));
  }

  private SSLContext client() throws TlsException {
    return TlsSource.directory(directory.resolve("pki").toString()).readTrust().clientContext();
  }

  private int send(String method, String name, String target) throws Exception {
    return HttpClient.newBuilder()
        .sslContext(client())
        .build()
        .send(
            HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + ports.get(name) + target))
                .method(method, BodyPublishers.ofString("{}"))
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  private SSLSocket socket(String name) throws Exception {
    return (SSLSocket)
        client().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), ports.get(name));
  }

  private Certificate served(String name) throws Exception {
    try (SSLSocket socket = socket(name)) {
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  private void allIsWell() throws IOException {
    String file = config("a", "").toString();
    Eventually.passes(() -> {
      try (HeraProcess doctor = HeraProcess.start("doctor", "-c", file)) {
        assertThat(doctor.exitCode()).as(doctor.out()).isZero();
        assertThat(doctor.out()).contains("All 3 nodes agree: 1 instance of 1 service.");
      }
    });
  }

  @Test
  void threeNodesSpeakTlsFromNothingAndTakeOverRenewedCertificates() throws Exception {
    choose("a", "b", "c");
    certificates();
    for (String name : ports.keySet()) {
      start(name, "");
    }
    for (String name : ports.keySet()) {
      Eventually.passes(() -> assertThat(send("GET", name, "/_health/ready")).isEqualTo(200));
    }
    assertThat(send("PUT", "a", "/web/1")).isEqualTo(204);
    Eventually.passes(() -> assertThat(send("GET", "c", "/web/1")).isEqualTo(200));
    allIsWell();

    Certificate before = served("b");
    certificates("--renew");
    Eventually.passes(() -> assertThat(served("b")).isNotEqualTo(before));
    allIsWell();
  }

  @Test
  void G1_withVersion12AClientCannotHaveTheHandshakeRepeated() throws Exception {
    choose("a");
    certificates();
    start("a", "tls-min-version: 1.2\n");
    Eventually.passes(() -> assertThat(send("GET", "a", "/_health/ready")).isEqualTo(200));
    try (SSLSocket socket = socket("a")) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.startHandshake();
      assertThat(socket.getSession().getCipherSuite())
          .matches("TLS_ECDHE_ECDSA_WITH_.*(GCM|POLY).*");
      assertThatThrownBy(() -> {
            socket.startHandshake();
            socket.getInputStream().read();
          })
          .isInstanceOf(IOException.class);
    }
    try (SSLSocket socket = socket("a")) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"});
      assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
    }
  }

  @Test
  void materialThatCannotBeServedIsOneLinePerFaultAndExitCodeTwo() throws Exception {
    choose("a", "b");
    certificates();
    Path files = directory.resolve("pki").resolve("a");
    Files.copy(
        directory.resolve("pki").resolve("b").resolve("tls.key"),
        files.resolve("tls.key"),
        StandardCopyOption.REPLACE_EXISTING);
    try (HeraProcess hera = HeraProcess.start("-c", config("a", "").toString(), "-n", "a")) {
      assertThat(hera.exitCode()).isEqualTo(2);
      assertThat(hera.err())
          .isEqualTo(
              files + "/tls.key: is not the key of the certificate in " + files + "/tls.crt\n");
    }
  }
}

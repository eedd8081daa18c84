package io.hera.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hera.testkit.Eventually;
import io.hera.testkit.HeraProcess;
import io.hera.testkit.Ports;
import io.hera.tls.TlsException;
import io.hera.tls.TlsSource;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the first lines of the guide to security as they are, but for the ports. */
@Timeout(120)
class SecurityGuideIT {
  private static final int LINES_MAX = 10;

  @TempDir
  private Path folder;

  private static String block() {
    return Markdown.of(Markdown.SITE.resolve("security.md")).blocks().stream()
        .filter(block -> block.kind().equals("sh secure cluster"))
        .map(Markdown.Block::text)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aClusterWithTlsTokensAndARenewedCertificateTakesTenLines() throws Exception {
    List<String> lines = block().lines().toList();
    assertThat(lines).hasSizeLessThanOrEqualTo(LINES_MAX);
    Files.createSymbolicLink(folder.resolve("scripts"), Path.of("scripts").toAbsolutePath());
    List<Integer> ports = Ports.free(3);
    String last = lines.get(lines.size() - 1);
    // The nodes stay until the test has seen the certificate.
    String wait = "touch done; until [ -e end ]; do sleep 0.1; done\n";
    String run = block()
        .replace(last, wait + last)
        .replace("8080", ports.get(0).toString())
        .replace("8081", ports.get(1).toString())
        .replace("8082", ports.get(2).toString());
    Path script = Files.writeString(folder.resolve("run"), "cd '" + folder + "' || exit\n" + run);
    try (HeraProcess shell = HeraProcess.shell(Map.of(), "bash " + script)) {
      // The commands start a dozen Java processes before the nodes.
      Eventually.passes(() -> assertThat(folder.resolve("billing.token")).isNotEmptyFile());
      Eventually.passes(() -> assertThat(folder.resolve("ops.token")).isNotEmptyFile());
      AtomicReference<Certificate> first = new AtomicReference<>();
      Eventually.passes(() -> first.set(served(ports.get(0))));
      Eventually.passes(() -> assertThat(folder.resolve("done")).exists());
      assertThat(shell.out()).contains("All 3 nodes agree: 1 instance of 1 service.", "{\"1\":{}}");
      Eventually.passes(() -> assertThat(served(ports.get(0))).isNotEqualTo(first.get()));
      Files.createFile(folder.resolve("end"));
      assertThat(shell.exitCode()).isZero();
      for (int port : ports) {
        Eventually.passes(
            () -> assertThatThrownBy(() -> served(port)).isInstanceOf(ConnectException.class));
      }
    }
  }

  private Certificate served(int port) throws IOException, TlsException {
    SSLContext context =
        TlsSource.directory(folder.resolve("pki").toString()).readTrust().clientContext();
    try (SSLSocket socket = (SSLSocket)
        context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    }
  }
}

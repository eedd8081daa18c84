package io.hera.security;

import static io.hera.testkit.Tokens.FILE;
import static io.hera.testkit.Tokens.WRITER;
import static io.hera.testkit.Tokens.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.assembly.NodeTls;
import io.hera.config.Settings;
import io.hera.config.source.SwitchedFile;
import io.hera.testkit.AuditLines;
import io.hera.testkit.ServedNode;
import io.hera.testkit.TlsNodes;
import io.hera.testkit.Tokens;
import io.hera.tls.TlsVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the logger {@code hera.audit} says of requests. */
@Timeout(120)
class AuditTest {
  private final AuditLines lines = new AuditLines();

  @TempDir
  private Path directory;

  @AfterEach
  void stop() {
    lines.close();
  }

  @Test
  void aRefusalWithoutTlsSaysSo() {
    try (ServedNode node = ServedNode.ready()) {
      node.access.set(Tokens.rules(FILE));
      node.get("/orders", bearer(WRITER));
    }
    assertThat(lines.all())
        .containsExactly("refused status=403 reason=scope identity=w token="
            + Tokens.hash(WRITER).substring(7, 15)
            + " address=127.0.0.1 tls=none method=GET path=/orders");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2", "1.3"})
  void aRefusalHasTheVersionOfTls(String version) throws IOException {
    Path access = Files.writeString(directory.resolve("access.yml"), FILE);
    System.setProperty(NodeTls.NO_RENEGOTIATION, "true");
    try (TlsNodes nodes = new TlsNodes(directory, "a")) {
      nodes.ca.write(nodes.files("a"), nodes.ca.issue("127.0.0.1", "localhost"));
      nodes.start(nodes
          .config("a")
          .with(Settings.TLS_MIN_VERSION, TlsVersion.V1_2)
          .with(Settings.ACCESS, new SwitchedFile.Named(access.toString())));
      try (SSLSocket socket = nodes.socket("a")) {
        socket.setEnabledProtocols(new String[] {"TLSv" + version});
        socket
            .getOutputStream()
            .write("GET /orders HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
      }
    } finally {
      System.clearProperty(NodeTls.NO_RENEGOTIATION);
    }
    assertThat(lines.all())
        .containsExactly("refused status=401 reason=anonymous address=127.0.0.1 tls=" + version
            + " method=GET path=/orders");
  }
}

package io.hera.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Eventually;
import io.hera.testkit.TlsNodes;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that begin a handshake and do not complete it. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(120)
class TlsHandshakesTest {
  private static final int CLIENTS = 200;

  @TempDir
  private Path directory;

  private TlsNodes nodes;
  private final List<Socket> opened = new ArrayList<>();

  @BeforeEach
  void start() {
    nodes = new TlsNodes(directory, "a");
    nodes.start("a");
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : opened) {
      socket.close();
    }
    nodes.close();
  }

  /** Returns the first bytes of a ClientHello of TLS: a record of {@code length} bytes, of which some are there. */
  private static byte[] hello(int length, int messageLength, int present) {
    byte[] bytes = new byte[present];
    byte[] head = {
      0x16,
      3,
      1,
      (byte) (length >> 8),
      (byte) length,
      1,
      (byte) (messageLength >> 16),
      (byte) (messageLength >> 8),
      (byte) messageLength,
      3,
      3
    };
    System.arraycopy(head, 0, bytes, 0, Math.min(head.length, present));
    return bytes;
  }

  private void open(byte[] bytes) throws IOException {
    Socket socket = nodes.clear("a");
    opened.add(socket);
    socket.getOutputStream().write(bytes);
  }

  private void areClosed() throws IOException {
    for (Socket socket : opened) {
      try {
        assertThat(socket.getInputStream().readAllBytes()).hasSizeLessThan(8);
      } catch (SocketException reset) {
        assertThat(reset).hasMessageContaining("reset");
      }
    }
  }

  /** While they wait, others are served; then the node closes them, each with a failure counted. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 100})
  void G3_handshakesThatDoNotGoOnAreClosedWhileOthersAreServed(int present) throws IOException {
    for (int i = 0; i < CLIENTS; i++) {
      open(hello(512, 508, present));
    }
    assertThat(nodes.put("a", "/web/1")).isEqualTo(204);
    areClosed();
    Eventually.passes(
        () -> assertThat(nodes.metric("a", "hera_tls_handshake_failures_total{reason=\"timeout\"}"))
            .isEqualTo(CLIENTS));
    assertThat(nodes.metric("a", "hera_connections")).isLessThan(5);
  }

  @Test
  void G3_aMessageThatClaimsToBeHugeIsClosed() throws IOException {
    for (int i = 0; i < CLIENTS; i++) {
      open(hello(16_000, 0xffffff, 16_005));
    }
    areClosed();
    assertThat(nodes.put("a", "/web/1")).isEqualTo(204);
  }

  @Test
  void G3_recordsOfOneByteAreClosed() throws IOException {
    byte[] tiny = new byte[6 * 2_000];
    byte[] hello = hello(512, 508, 517);
    for (int i = 0; i < 2_000; i++) {
      byte[] head = {0x16, 3, 1, 0, 1, i + 5 < hello.length ? hello[i + 5] : 0};
      System.arraycopy(head, 0, tiny, 6 * i, 6);
    }
    for (int i = 0; i < CLIENTS; i++) {
      open(tiny);
    }
    areClosed();
    assertThat(nodes.put("a", "/web/1")).isEqualTo(204);
  }
}

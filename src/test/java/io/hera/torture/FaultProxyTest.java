package io.hera.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hera.testkit.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the faults that the proxy injects. */
class FaultProxyTest {
  private static final byte[] REQUEST =
      "a request of some length".getBytes(StandardCharsets.US_ASCII);

  private ServerSocket echo;
  private FaultProxy proxy;

  @BeforeEach
  void start() throws IOException {
    echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::echo);
    thread.setDaemon(true);
    thread.start();
    proxy = new FaultProxy(echo.getLocalPort());
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    echo.close();
  }

  private void echo() {
    while (!echo.isClosed()) {
      try (Socket socket = echo.accept()) {
        socket.getOutputStream().write(socket.getInputStream().readNBytes(REQUEST.length));
        socket.getInputStream().transferTo(socket.getOutputStream());
      } catch (IOException ended) {
        // The test has closed it.
      }
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    socket.setSoTimeout(300);
    return socket;
  }

  private Socket patient() throws IOException {
    Socket socket = connect();
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static byte[] ask(Socket socket) throws IOException {
    socket.getOutputStream().write(REQUEST);
    return socket.getInputStream().readNBytes(REQUEST.length);
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "LATENCY", "BANDWIDTH", "SLICING"})
  void allBytesArriveUnlessTheFaultLosesThem(Fault fault) throws IOException {
    proxy.set(fault);
    try (Socket socket = patient()) {
      assertThat(ask(socket)).isEqualTo(REQUEST);
    }
  }

  @Test
  void theForwardedBytesAreCountedInEachDirection() throws IOException {
    try (Socket socket = patient()) {
      ask(socket);
      socket.getOutputStream().write(new byte[100]);
      socket.getInputStream().readNBytes(100);
      Eventually.passes(() -> {
        assertThat(proxy.bytesToTarget()).isEqualTo(REQUEST.length + 100);
        assertThat(proxy.bytesToAsker()).isEqualTo(REQUEST.length + 100);
      });
      proxy.set(Fault.BLACK_HOLE);
      socket.setSoTimeout(300);
      assertThatThrownBy(() -> ask(socket)).isInstanceOf(SocketTimeoutException.class);
      assertThat(proxy.bytesToTarget()).isEqualTo(REQUEST.length + 100);
    }
  }

  @Test
  void latencyDelaysEachPiece() throws IOException {
    proxy.set(Fault.LATENCY);
    try (Socket socket = patient()) {
      long begun = System.nanoTime();
      ask(socket);
      assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(2 * 20_000_000L);
    }
  }

  @Test
  void bandwidthLimitsTheBytesPerSecond() throws IOException {
    proxy.set(Fault.BANDWIDTH);
    try (Socket socket = patient()) {
      long begun = System.nanoTime();
      ask(socket);
      socket.getOutputStream().write(new byte[4096]);
      assertThat(socket.getInputStream().readNBytes(4096)).hasSize(4096);
      assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(2 * 250_000_000L);
    }
  }

  @Test
  void slicesHaveAtMostSevenBytesAndLoseNone() throws IOException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    List<Integer> sizes = new ArrayList<>();
    byte[] request = Arrays.copyOf(REQUEST, 1000);
    FaultProxy.carry(Fault.SLICING, request, request.length, new FilterOutputStream(written) {
      @Override
      public void write(byte[] bytes, int from, int count) throws IOException {
        sizes.add(count);
        out.write(bytes, from, count);
      }
    });
    assertThat(written.toByteArray()).isEqualTo(request);
    assertThat(sizes).allMatch(size -> size >= 1 && size <= 7).hasSizeGreaterThan(140);
  }

  @ParameterizedTest
  @EnumSource(names = {"HALF_OPEN", "BLACK_HOLE"})
  void presentConnectionsStaySilentAndNewOnesWorkAfterHealing(Fault fault) throws IOException {
    try (Socket socket = patient()) {
      assertThat(ask(socket)).isEqualTo(REQUEST);
      proxy.set(fault);
      socket.setSoTimeout(300);
      assertThatThrownBy(() -> ask(socket)).isInstanceOf(SocketTimeoutException.class);
    }
    proxy.set(Fault.NONE);
    allBytesArriveUnlessTheFaultLosesThem(Fault.NONE);
  }

  @Test
  void aResetEndsPresentConnections() throws IOException {
    try (Socket socket = connect()) {
      assertThat(ask(socket)).isEqualTo(REQUEST);
      proxy.set(Fault.RESET);
      assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void connectionsAreRefusedUntilHealing() throws IOException {
    proxy.set(Fault.REFUSE);
    assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
    allBytesArriveUnlessTheFaultLosesThem(Fault.NONE);
  }
}

package io.hera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hera.config.Config;
import io.hera.config.Settings;
import io.hera.config.Values;
import io.hera.config.source.ClusterNodes;
import io.hera.config.source.NodeAddress;
import io.hera.testkit.Eventually;
import io.hera.testkit.Http;
import io.hera.testkit.Ports;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** At which of the two loopback addresses a node listens. */
@Timeout(60)
class LoopbackTest {
  private final Vertx vertx = Vertx.vertx();

  @BeforeAll
  static void needsBothAddresses() throws IOException {
    assumeTrue(
        NetworkInterface.getByInetAddress(InetAddress.getAllByName("::1")[0]) != null,
        "this machine has no IPv6 loopback address");
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  private static List<String> reached(int port) {
    return List.of("127.0.0.1", "::1", "127.0.0.2").stream()
        .filter(address -> isReached(address, port))
        .toList();
  }

  private static boolean isReached(String address, int port) {
    try (Socket socket = new Socket(InetAddress.getByName(address), port)) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "localhost,127.0.0.1 ::1",
    "LocalHost.,127.0.0.1 ::1",
    "127.0.0.1,127.0.0.1",
    "::1,::1",
    "127.0.0.2,127.0.0.2"
  })
  void aHostThatIsSetMeansItself(String host, String addresses) {
    int port = Ports.free();
    Node.start(vertx, Config.alone("a", port).with(Settings.HOST, host)).await();

    assertThat(reached(port)).containsExactly(addresses.split(" ", -1));
  }

  @ParameterizedTest
  @CsvSource({
    "localhost,127.0.0.1 ::1",
    "127.0.0.1,127.0.0.1 ::1",
    "::1,127.0.0.1 ::1",
    "0:0:0:0:0:0:0:1,127.0.0.1 ::1",
    "127.0.0.2,127.0.0.2"
  })
  void aNodeThatIsOnLoopbackInTheClusterListensAtBothAddresses(String host, String addresses) {
    int port = Ports.free();
    Node.start(vertx, derived(Map.of("a", new NodeAddress(host, port)), "a")).await();

    assertThat(reached(port)).containsExactly(addresses.split(" ", -1));
  }

  @Test
  void aNodeWithoutAClusterListensAtBothAddresses() {
    int port = Ports.free();
    Node.start(vertx, Config.alone("a", port)).await();

    assertThat(reached(port)).containsExactly("127.0.0.1", "::1");
  }

  @Test
  void nodesThatAreNamedLocalhostFindEachOther() {
    List<Integer> ports = Ports.free(2);
    Map<String, NodeAddress> cluster = Map.of(
        "a",
        new NodeAddress("localhost", ports.get(0)),
        "b",
        new NodeAddress("localhost", ports.get(1)));
    Node.start(vertx, derived(cluster, "a")).await();
    Node.start(vertx, derived(cluster, "b")).await();
    Eventually.passes(
        () -> assertThat(Http.put(ports.get(0), "/orders/1", "{}")).isEqualTo(204));

    Eventually.passes(() -> assertThat(Http.get(ports.get(1), "/orders")).isEqualTo("{\"1\":{}}"));
  }

  private static Config derived(Map<String, NodeAddress> cluster, String name) {
    return Config.of(Values.standard()
        .with(Settings.CLUSTER, new ClusterNodes.Listed(cluster))
        .with(Settings.NAME, name));
  }
}

package io.hera.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.Node;
import io.hera.config.Config;
import io.hera.config.Settings;
import io.hera.config.Values;
import io.hera.config.source.ClusterNodes;
import io.hera.testkit.Eventually;
import io.hera.testkit.FakeDns;
import io.hera.testkit.Ports;
import io.hera.wire.Address;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whole nodes that find each other by DNS, each at an address of its own of 127/8 (P21). */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(60)
class P21FoundNodesTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String CLUSTER = "prod";

  private final Vertx vertx = Vertx.vertx();
  private final FakeDns dns = new FakeDns();
  private final int port = Ports.free();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private Node start(String name, String address) {
    return Node.start(vertx, config(name, address, CLUSTER), dns).await();
  }

  private Config config(String name, String address, String cluster) {
    return Config.of(Values.standard()
        .with(Settings.NAME, name)
        .with(Settings.CLUSTER_NAME, cluster)
        .with(Settings.CLUSTER, new ClusterNodes.Found(new Address(FakeDns.NAME, port)))
        .with(Settings.HOST, address)
        .with(Settings.RECOVERY_TIMEOUT, Duration.ofSeconds(2))
        .with(Settings.GOSSIP_INTERVAL, Duration.ofMillis(200)));
  }

  private HttpResponse<String> send(String method, String address, String target, String body) {
    HttpRequest request = HttpRequest.newBuilder(
            URI.create("http://" + address + ":" + port + target))
        .method(method, HttpRequest.BodyPublishers.ofString(body))
        .build();
    return CLIENT.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
  }

  private String get(String address, String target) {
    return send("GET", address, target, "").body();
  }

  private void register(String address, String target) {
    Eventually.passes(
        () -> assertThat(send("PUT", address, target, "{}").statusCode()).isEqualTo(204));
  }

  private void isReady(String address) {
    Eventually.passes(() ->
        assertThat(send("GET", address, "/_health/ready", "").statusCode()).isEqualTo(200));
  }

  /** Each node pulls well from all the others. */
  private void areOneCluster(List<String> addresses) {
    for (String address : addresses) {
      Eventually.passes(() -> assertThat(get(address, "/_status").split("\"last_error\":\"\"", -1))
          .as(address)
          .hasSize(addresses.size()));
    }
  }

  @Test
  void nodesFindEachOtherAndLearnTheirNames() {
    dns.set("127.0.1.1", "127.0.1.2", "127.0.1.3");
    start("a", "127.0.1.1");
    start("b", "127.0.1.2");
    start("c", "127.0.1.3");
    areOneCluster(List.of("127.0.1.1", "127.0.1.2", "127.0.1.3"));
    register("127.0.1.1", "/web/1");
    Eventually.passes(() -> assertThat(get("127.0.1.3", "/web")).isEqualTo("{\"1\":{}}"));
    assertThat(get("127.0.1.1", "/_status"))
        .contains("\"discovery\":{\"dns\":\"hera-peers.test.svc:" + port + "\"")
        .contains("\"127.0.1.1\":\"is this node\",\"127.0.1.2\":\"b\",\"127.0.1.3\":\"c\"");
  }

  @Test
  void aNodeWithoutDnsIsReadyAloneAndJoinsWhenDnsAnswers() {
    start("a", "127.0.2.1");
    start("b", "127.0.2.2");
    isReady("127.0.2.1");
    isReady("127.0.2.2");
    assertThat(get("127.0.2.1", "/_status")).contains("\"error\":\"host name unknown\"");
    register("127.0.2.1", "/web/1");
    dns.set("127.0.2.1", "127.0.2.2");
    areOneCluster(List.of("127.0.2.1", "127.0.2.2"));
    Eventually.passes(() -> assertThat(get("127.0.2.2", "/web")).isEqualTo("{\"1\":{}}"));
    dns.set();
    register("127.0.2.1", "/web/2");
    Eventually.passes(() -> assertThat(get("127.0.2.2", "/web")).contains("\"2\""));
  }

  @Test
  void nodesThatReplaceAllOthersLackNothingOnceTheyAreReady() {
    dns.set("127.0.3.1", "127.0.3.2");
    List<Node> old = List.of(start("a", "127.0.3.1"), start("b", "127.0.3.2"));
    areOneCluster(List.of("127.0.3.1", "127.0.3.2"));
    for (int i = 0; i < 50; i++) {
      register(i % 2 == 0 ? "127.0.3.1" : "127.0.3.2", "/web/" + i);
    }
    dns.set("127.0.3.1", "127.0.3.2", "127.0.3.3", "127.0.3.4");
    start("c", "127.0.3.3");
    start("d", "127.0.3.4");
    for (String address : List.of("127.0.3.3", "127.0.3.4")) {
      isReady(address);
      assertThat(get(address, "/")).isEqualTo("{\"web\":{\"instances\":50}}");
    }
    old.forEach(node -> node.stop().await());
    dns.set("127.0.3.3", "127.0.3.4");
    register("127.0.3.3", "/web/50");
    Eventually.passes(
        () -> assertThat(get("127.0.3.4", "/")).isEqualTo("{\"web\":{\"instances\":51}}"));
  }

  @Test
  void anAddressReusedByAnotherClusterIsRefusedByBothSides() {
    dns.set("127.0.4.1", "127.0.4.2");
    start("a", "127.0.4.1");
    Node gone = start("b", "127.0.4.2");
    areOneCluster(List.of("127.0.4.1", "127.0.4.2"));
    register("127.0.4.1", "/web/1");
    Eventually.passes(() -> assertThat(get("127.0.4.2", "/web")).isEqualTo("{\"1\":{}}"));
    gone.stop().await();
    FakeDns theirs = new FakeDns();
    theirs.set("127.0.4.1", "127.0.4.2");
    Node.start(vertx, config("b", "127.0.4.2", "other"), theirs).await();
    register("127.0.4.2", "/foreign/1");
    Eventually.passes(() -> {
      assertThat(get("127.0.4.1", "/_status")).contains("\"127.0.4.2\":\"b, fails: answered 409");
      assertThat(get("127.0.4.2", "/_status"))
          .contains("\"127.0.4.1\":\"fails: answered 409", "\"peers\":{}");
    });
    assertThat(get("127.0.4.1", "/")).isEqualTo("{\"web\":{\"instances\":1}}");
    assertThat(get("127.0.4.2", "/")).isEqualTo("{\"foreign\":{\"instances\":1}}");
  }

  @Test
  void aNodeThatComesBackAtAnotherAddressHasItsEntriesAgain() {
    dns.set("127.0.5.1", "127.0.5.2");
    start("a", "127.0.5.1");
    Node first = start("b", "127.0.5.2");
    areOneCluster(List.of("127.0.5.1", "127.0.5.2"));
    register("127.0.5.2", "/web/1");
    Eventually.passes(() -> assertThat(get("127.0.5.1", "/web")).isEqualTo("{\"1\":{}}"));
    first.stop().await();
    dns.set("127.0.5.1", "127.0.5.3");
    start("b", "127.0.5.3");
    isReady("127.0.5.3");
    assertThat(get("127.0.5.3", "/web")).isEqualTo("{\"1\":{}}");
    areOneCluster(List.of("127.0.5.1", "127.0.5.3"));
  }
}

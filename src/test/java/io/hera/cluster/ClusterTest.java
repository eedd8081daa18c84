package io.hera.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.Node;
import io.hera.testkit.EventClient;
import io.hera.testkit.Eventually;
import io.hera.testkit.Http;
import io.hera.testkit.Nodes;
import io.hera.testkit.Ports;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tests whole nodes in one JVM that gossip over loopback, also with a node of 2012. */
@Execution(ExecutionMode.CONCURRENT)
class ClusterTest {
  private static final Duration LIVENESS = Duration.ofMinutes(5);

  @AutoClose
  private final Nodes nodes = new Nodes();

  private final List<Integer> ports = Ports.free(3);
  private final int a = ports.get(0);
  private final int b = ports.get(1);
  private final int c = ports.get(2);
  private final Map<String, Integer> all = Map.of("a", a, "b", b, "c", c);

  private static void shows(int port, String service, String json) {
    Eventually.passes(() -> assertThat(Http.get(port, "/" + service)).isEqualTo(json));
  }

  private static void register(int port, String target, String document) {
    Eventually.passes(() -> assertThat(Http.put(port, target, document)).isEqualTo(204));
  }

  /** Returns the first listing of a node that has just started: until it is ready, it has none (P7). */
  private static String firstListing(int port) {
    AtomicReference<String> listing = new AtomicReference<>("");
    Eventually.passes(() -> {
      HttpResponse<String> reply = Http.send("GET", port, "/web", "");
      assertThat(reply.statusCode()).isNotEqualTo(503);
      listing.set(reply.body());
    });
    return listing.get();
  }

  @Test
  void aWriteAtOneNodeReachesAllNodes() {
    all.keySet().forEach(name -> nodes.start(name, all, LIVENESS));
    for (int i = 100; i < 150; i++) {
      register(a, "/web/" + i, "{\"i\":" + i + "}");
    }
    String expected = Http.get(a, "/web");
    assertThat(expected).contains("\"149\":{\"i\":149}");
    shows(b, "web", expected);
    shows(c, "web", expected);
  }

  @Test
  void anEntityTagIsTheSameAtAllNodesAndAfterARestart() {
    Node third = null;
    for (String name : all.keySet()) {
      Node started = nodes.start(name, all, LIVENESS);
      third = name.equals("c") ? started : third;
    }
    for (int i = 0; i < 9; i++) {
      int at = List.of(a, b, c).get(i % 3);
      register(at, "/web/" + i, "{\"zone\":\"z%d\",\"updated_at\":%d}".formatted(i % 2, i));
    }
    register(b, "/web/0", "{\"zone\":\"z0\",\"updated_at\":99}");
    assertThat(Http.send("DELETE", c, "/web/1", "").statusCode()).isEqualTo(204);
    List<String> targets = List.of("/", "/web", "/web?match=zone:z1", "/web/0");
    targets.forEach(target -> Eventually.passes(() -> {
      assertThat(Http.get(a, "/")).isEqualTo("{\"web\":{\"instances\":8}}");
      assertThat(List.of(tag(b, target), tag(c, target))).containsOnly(tag(a, target));
    }));
    List<String> before = targets.stream().map(target -> tag(a, target)).toList();
    third.stop().await();
    nodes.start("c", all, LIVENESS);
    for (int i = 0; i < targets.size(); i++) {
      assertNotModifiedEverywhere(targets.get(i), before.get(i));
    }
  }

  private static String tag(int port, String target) {
    return Http.send("GET", port, target, "").headers().firstValue("etag").orElse("none");
  }

  /** Checks that a client with the tag of one node gets 304 at every node. */
  private void assertNotModifiedEverywhere(String target, String tag) {
    for (int port : List.of(a, b, c)) {
      Eventually.passes(() -> {
        assertThat(Http.get(port, "/")).isEqualTo("{\"web\":{\"instances\":8}}");
        assertThat(tag(port, target)).isEqualTo(tag);
        assertThat(Http.statusIfNoneMatch(port, target, tag)).isEqualTo(304);
      });
    }
  }

  @Test
  void aClientThatFollowsOneNodeGetsTheChangesOfTheOthers() {
    all.keySet().forEach(name -> nodes.start(name, all, LIVENESS));
    shows(b, "web", "{}");
    try (EventClient client = new EventClient(b, "/web", "")) {
      assertThat(client.next().type()).isEqualTo("snapshot");
      register(a, "/web/1", "{}");
      assertThat(client.next().data()).isEqualTo("{\"id\":\"1\",\"instance\":{}}");
      assertThat(Http.send("DELETE", c, "/web/1", "").statusCode()).isEqualTo(204);
      assertThat(client.next().data()).isEqualTo("{\"id\":\"1\",\"reason\":\"deregistered\"}");
    }
  }

  /** The time limit is shorter than a hanging pull waits, so the node has to answer before that. */
  @Test
  @Timeout(60)
  void aWriteReachesAllNodesWithoutARound() {
    try (Nodes slow = new Nodes(Duration.ofHours(1))) {
      all.keySet().forEach(name -> slow.start(name, all, LIVENESS));
      for (int i = 0; i < 3; i++) {
        int at = List.of(a, b, c).get(i);
        register(at, "/web" + i + "/1", "{}");
        register(at, "/web" + i + "/2", "{}");
        assertThat(Http.send("DELETE", at, "/web" + i + "/1", "").statusCode()).isEqualTo(204);
        String service = "web" + i;
        List.of(a, b, c).forEach(port -> shows(port, service, "{\"2\":{}}"));
      }
      Eventually.passes(() -> assertThat(Http.get(a, "/_status")).contains("\"way\":\"hanging\""));
    }
  }

  @Test
  void aNodeThatJoinsGetsAllPagesOfAThirdOriginInItsFirstPull() {
    try (Nodes slow = new Nodes(Duration.ofHours(1))) {
      Node writer = slow.start("a", all, LIVENESS);
      slow.start("c", all, LIVENESS);
      String document = "{\"x\":\"" + "y".repeat(30_000) + "\"}";
      for (int i = 0; i < 50; i++) {
        register(a, "/web/" + i, document);
      }
      shows(c, "", "{\"web\":{\"instances\":50}}");
      writer.stop().await();
      slow.start("b", all, LIVENESS);
      shows(b, "", "{\"web\":{\"instances\":50}}");
    }
  }

  @Test
  void anInstanceThatIsNotRenewedExpiresEverywhere() {
    all.keySet().forEach(name -> nodes.start(name, all, LIVENESS));
    register(a, "/web/short?ttl=3s", "{}");
    register(a, "/web/long", "{}");
    shows(c, "web", "{\"long\":{},\"short\":{}}");
    List.of(a, b, c).forEach(port -> shows(port, "web", "{\"long\":{}}"));
  }

  @Test
  void aDeregistrationAtAnotherNodeHidesTheInstanceEverywhere() {
    all.keySet().forEach(name -> nodes.start(name, all, LIVENESS));
    register(a, "/web/1", "{}");
    shows(b, "web", "{\"1\":{}}");
    assertThat(Http.send("DELETE", b, "/web/1", "").statusCode()).isEqualTo(204);
    assertThat(Http.get(b, "/web")).isEqualTo("{}");
    shows(a, "web", "{}");
    shows(c, "web", "{}");
  }

  @Test
  void theLastWriteOfAClientThatMovesWins() {
    all.keySet().forEach(name -> nodes.start(name, all, LIVENESS));
    register(a, "/web/1", "{\"at\":\"a\"}");
    shows(b, "web", "{\"1\":{\"at\":\"a\"}}");
    register(b, "/web/1", "{\"at\":\"b\"}");
    List.of(a, b, c).forEach(port -> shows(port, "web", "{\"1\":{\"at\":\"b\"}}"));
  }

  @Test
  void aWipedNodeGetsItsOwnEntriesBackBeforeItTakesWrites() {
    nodes.start("a", all, LIVENESS);
    nodes.start("b", all, LIVENESS);
    Node wiped = nodes.start("c", all, LIVENESS);
    register(c, "/web/1", "{\"n\":1}");
    shows(a, "web", "{\"1\":{\"n\":1}}");
    wiped.stop().await();
    nodes.start("c", all, LIVENESS);
    register(c, "/web/2", "{\"n\":2}");
    assertThat(firstListing(c)).isEqualTo("{\"1\":{\"n\":1},\"2\":{\"n\":2}}");
    assertThat(Http.send("GET", c, "/web/1", "").headers().firstValue("hera-origin"))
        .contains("c");
    shows(a, "web", "{\"1\":{\"n\":1},\"2\":{\"n\":2}}");
  }

  @Test
  void aThirdNodeBridgesTwoThatCannotReachEachOther() {
    nodes.start("a", Map.of("a", a, "b", b, "c", Ports.free()), LIVENESS);
    nodes.start("b", all, LIVENESS);
    nodes.start("c", Map.of("a", Ports.free(), "b", b, "c", c), LIVENESS);
    register(a, "/web/1", "{\"at\":\"a\"}");
    register(c, "/web/2", "{\"at\":\"c\"}");
    List.of(a, b, c)
        .forEach(port -> shows(port, "web", "{\"1\":{\"at\":\"a\"},\"2\":{\"at\":\"c\"}}"));
  }

  @Test
  void aNodeThatJoinsLaterIsAddedWithoutARestart() {
    Node first = nodes.start("a", Map.of("a", a), LIVENESS);
    register(a, "/web/1", "{\"at\":\"a\"}");
    nodes.start("b", Map.of("a", a, "b", b), LIVENESS);
    register(b, "/web/2", "{\"at\":\"b\"}");
    shows(b, "web", "{\"1\":{\"at\":\"a\"},\"2\":{\"at\":\"b\"}}");
    assertThat(Http.get(a, "/web")).isEqualTo("{\"1\":{\"at\":\"a\"}}");
    first.reconfigure(Nodes.config("a", Map.of("a", a, "b", b), LIVENESS)).await();
    shows(a, "web", "{\"1\":{\"at\":\"a\"},\"2\":{\"at\":\"b\"}}");
  }

  @Test
  void aNewLivenessAppliesFromTheNextHeartbeatOn() {
    Node node = nodes.start("a", Map.of("a", a), LIVENESS);
    register(a, "/web/1", "{}");
    node.reconfigure(Nodes.config("a", Map.of("a", a), Duration.ofSeconds(2))).await();
    register(a, "/web/2", "{}");
    shows(a, "web", "{\"1\":{}}");
  }

  @Test
  void aNodeOf2012IsAMember() {
    nodes.start("a", all, LIVENESS);
    nodes.start("b", all, LIVENESS);
    nodes.start2012("c", c, Map.of("a", a, "b", b));
    register(a, "/web/1", "{\"at\":\"a\"}");
    Http.put(c, "/web/2", "{\"at\":\"c\"}");
    shows(a, "web", "{\"1\":{\"at\":\"a\"},\"2\":{\"at\": \"c\"}}");
    shows(b, "web", "{\"1\":{\"at\":\"a\"},\"2\":{\"at\": \"c\"}}");
    shows(c, "web", "{\"1\": {\"at\": \"a\"}, \"2\": {\"at\": \"c\"}}");
  }

  @Test
  void aNodeOf2012IsTheOnlyBridge() {
    nodes.start("a", Map.of("a", a, "b", Ports.free(), "c", c), LIVENESS);
    nodes.start("b", Map.of("a", Ports.free(), "b", b, "c", c), LIVENESS);
    nodes.start2012("c", c, Map.of("a", a, "b", b));
    register(a, "/web/1", "{\"at\":\"a\"}");
    register(b, "/web/2", "{\"at\":\"b\"}");
    shows(a, "web", "{\"1\":{\"at\":\"a\"},\"2\":{\"at\": \"b\"}}");
    shows(b, "web", "{\"1\":{\"at\": \"a\"},\"2\":{\"at\":\"b\"}}");
  }

  @Test
  void aWipedNodeGetsItsEntriesBackFromANodeOf2012() {
    Map<String, Integer> two = Map.of("a", a, "c", c);
    Node wiped = nodes.start("a", two, LIVENESS);
    nodes.start2012("c", c, Map.of("a", a));
    register(a, "/web/1", "{\"n\":1}");
    shows(c, "web", "{\"1\": {\"n\": 1}}");
    wiped.stop().await();
    nodes.start("a", two, LIVENESS);
    shows(a, "web", "{\"1\":{\"n\": 1}}");
    assertThat(Http.send("GET", a, "/web/1", "").headers().firstValue("hera-origin"))
        .contains("a");
  }
}

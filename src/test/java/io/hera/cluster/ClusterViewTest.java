package io.hera.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Eventually;
import io.hera.testkit.Http;
import io.hera.testkit.Nodes;
import io.hera.testkit.Ports;
import io.hera.testkit.RawServer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** One node of a cluster shows what all say: nodes of now and of 2012, and one that is down. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class ClusterViewTest {
  private static final Duration LIVENESS = Duration.ofMinutes(5);

  @AutoClose
  private final Nodes nodes = new Nodes();

  private final List<Integer> ports = Ports.free(4);
  private final int a = ports.get(0);
  private final int b = ports.get(1);
  private final Map<String, Integer> all =
      Map.of("a", a, "b", b, "down", ports.get(2), "old", ports.get(3));

  private static JsonObject nodes(int port, String target) {
    return new JsonObject(Http.get(port, target)).getJsonObject("nodes");
  }

  private void start() {
    nodes.start("a", all, LIVENESS);
    nodes.start("b", all, LIVENESS);
    nodes.start2012("old", all.get("old"), Map.of("a", a, "b", b));
    Eventually.passes(() -> assertThat(Http.put(a, "/web/1", "{\"n\":1}")).isEqualTo(204));
    Eventually.passes(() -> assertThat(Http.get(b, "/web/1")).isEqualTo("{\"n\":1}"));
  }

  @Test
  void theStatusOfEachNodeIsItsOwn() {
    start();
    Eventually.passes(() -> {
      JsonObject seen = nodes(b, "/_cluster");
      assertThat(seen.fieldNames()).containsExactlyInAnyOrder("a", "b", "down", "old");
      JsonObject status = seen.getJsonObject("a").getJsonObject("status");
      assertThat(status.getString("node")).isEqualTo("a");
      assertThat(status.getString("content"))
          .isEqualTo(seen.getJsonObject("b").getJsonObject("status").getString("content"));
      assertThat(seen.getJsonObject("a").getString("address")).isEqualTo("127.0.0.1:" + a);
      assertThat(seen.getJsonObject("down").getString("error")).contains("connection refused");
      assertThat(seen.getJsonObject("down").containsKey("since_ms")).isFalse();
      assertThat(seen.getJsonObject("old").getString("speaks")).isEqualTo("v1");
    });
  }

  @Test
  void aServiceAndAnInstanceAreSeenAtEachNode() {
    start();
    Eventually.passes(() -> {
      JsonObject service = nodes(a, "/_cluster/web");
      assertThat(service.getJsonObject("b").getInteger("instances")).isEqualTo(1);
      assertThat(service.getJsonObject("b").getString("content"))
          .isEqualTo(service.getJsonObject("a").getString("content"));
      JsonObject instance = nodes(b, "/_cluster/web/1");
      for (String name : List.of("a", "b")) {
        JsonObject entry = instance.getJsonObject(name).getJsonArray("entries").getJsonObject(0);
        assertThat(entry.getString("origin")).isEqualTo("a");
        assertThat(entry.getBoolean("shown")).isTrue();
      }
    });
  }

  @Test
  void aPeerThatDoesNotAnswerHidesNoOther() {
    try (RawServer mute = new RawServer(ports.get(2), head -> Optional.empty())) {
      Map<String, Integer> some = Map.of("a", a, "b", b, "mute", ports.get(2));
      nodes.start("a", some, LIVENESS);
      nodes.start("b", some, LIVENESS);
      Eventually.passes(() -> {
        JsonObject seen = nodes(a, "/_cluster");
        assertThat(seen.getJsonObject("b").containsKey("status")).isTrue();
        assertThat(seen.getJsonObject("mute").getString("error")).startsWith("timed out after");
      });
      assertThat(mute.heads()).anyMatch(head -> head.startsWith("GET /_status "));
    }
  }
}

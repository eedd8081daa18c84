package io.hera.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Eventually;
import io.hera.testkit.Http;
import io.hera.testkit.Nodes;
import io.hera.testkit.Ports;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tests that every node says why an instance is gone. */
@Execution(ExecutionMode.CONCURRENT)
class HistoryTest {
  @AutoClose
  private final Nodes nodes = new Nodes();

  private final List<Integer> ports = Ports.free(2);
  private final int a = ports.get(0);
  private final int b = ports.get(1);

  /** A node that starts records nothing before it is ready. */
  private void start() {
    Map<String, Integer> all = Map.of("a", a, "b", b);
    all.keySet().forEach(name -> nodes.start(name, all, Duration.ofMinutes(5)));
    ports.forEach(port -> Eventually.passes(() ->
        assertThat(Http.send("GET", port, "/_health/ready", "").statusCode()).isEqualTo(200)));
  }

  /** Returns the newest event of an instance, as soon as it is of this type. */
  private static JsonObject newest(int port, String type) {
    AtomicReference<JsonObject> newest = new AtomicReference<>(new JsonObject());
    Eventually.passes(() -> {
      JsonObject list = new JsonObject(Http.get(port, "/_events?service=web&id=1&limit=1"));
      newest.set(list.getJsonArray("events").getJsonObject(0));
      assertThat(newest.get().getString("type")).isEqualTo(type);
    });
    return newest.get();
  }

  private static String fact(JsonObject event) {
    return event.getString("origin") + " " + event.getLong("version") + " "
        + event.getString("type");
  }

  @Test
  void aRemovalIsSeenByItsNodeWithTheClientAndByOthersByGossip() {
    start();
    Eventually.passes(() -> assertThat(Http.put(a, "/web/1", "{}")).isEqualTo(204));
    JsonObject came = newest(b, "registered");
    assertThat(came.getJsonObject("cause"))
        .isEqualTo(new JsonObject("{\"kind\":\"gossip\",\"peer\":\"a\"}"));
    assertThat(Http.send("DELETE", a, "/web/1", "").statusCode()).isEqualTo(204);
    JsonObject atA = newest(a, "deregistered");
    JsonObject atB = newest(b, "deregistered");
    assertThat(atA.getString("by")).isEqualTo("127.0.0.1");
    assertThat(atA.getJsonObject("cause").getString("kind")).isEqualTo("delete");
    assertThat(atB.containsKey("by")).isFalse();
    assertThat(atB.getJsonObject("cause"))
        .isEqualTo(new JsonObject("{\"kind\":\"gossip\",\"peer\":\"a\"}"));
    assertThat(fact(atB)).isEqualTo(fact(atA));
  }

  @Test
  void anExpiryIsSeenByAllNodesAlike() {
    start();
    Eventually.passes(() -> assertThat(Http.put(a, "/web/1?ttl=1s", "{}")).isEqualTo(204));
    JsonObject atA = newest(a, "expired");
    JsonObject atB = newest(b, "expired");
    for (JsonObject event : List.of(atA, atB)) {
      assertThat(event.getJsonObject("cause")).isEqualTo(new JsonObject("{\"kind\":\"expiry\"}"));
      assertThat(event.getString("why")).contains("last renewal at a 20");
    }
    assertThat(fact(atB)).isEqualTo(fact(atA));
  }
}

package io.hera.compat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.json.Malformed;
import io.hera.testkit.Eventually;
import io.hera.testkit.Http;
import io.hera.testkit.Nodes;
import io.hera.testkit.Ports;
import io.hera.testkit.RawServer;
import io.hera.wire.DeltasTarget;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Tests a whole node whose peer b gives the recorded answers of version 1.0. */
class Version10PeerTest {
  private final List<Integer> ports = Ports.free(3);
  private final Map<String, Integer> cluster =
      Map.of("a", ports.get(0), "b", ports.get(1), "c", ports.get(2));

  @AutoClose
  private final Nodes nodes = new Nodes();

  private static DeltasTarget asked(String head) throws Malformed {
    String target = RawServer.target(head);
    return DeltasTarget.decode(target.substring(target.indexOf('?') + 1));
  }

  private static boolean recovers(DeltasTarget asked) {
    return asked.digest().horizons().keySet().equals(Set.of("a"));
  }

  private void shows(String service, String json) {
    Eventually.passes(
        () -> assertThat(Http.get(cluster.get("a"), "/" + service)).isEqualTo(json));
  }

  private JsonObject status() {
    return new JsonObject(Http.get(cluster.get("a"), "/_status"));
  }

  /**
   * The node loses its memory, gets its own entries back, pulls all origins and compares checksums,
   * and gets the next write by a hanging pull.
   */
  @Test
  void aNodeTakesInEverythingThatVersion10Answers() {
    AtomicInteger pulls = new AtomicInteger();
    AtomicInteger hangingPulls = new AtomicInteger();
    try (RawServer peer = new RawServer(cluster.get("b"), head -> {
      DeltasTarget asked = asked(head);
      if (asked.waitMillis() > 0) {
        boolean first = hangingPulls.getAndIncrement() == 0;
        return first ? Optional.of(Recorded.answer("v2-hanging-write")) : Optional.empty();
      } else if (recovers(asked)) {
        return Optional.of(Recorded.answer("v2-recovery"));
      }
      boolean first = pulls.getAndIncrement() == 0;
      return Optional.of(Recorded.answer(first ? "v2-checksums" : "v2-nothing"));
    })) {
      nodes.start("a", cluster, Duration.ofMinutes(5));
      String both = "{\"1\":{\"host\": \"10.1.1.1\", \"load\": 1.10},"
          + "\"2\":{\"host\": \"10.1.1.1\", \"load\": 1.10}}";
      List.of("recovery", "more", "gzip", "version-1", "unknown-members", "reset")
          .forEach(service -> shows(service, both));
      shows(
          "orders",
          "{\"1\":{\"host\": \"10.1.1.1\", \"port\": 1.10},\"2\":{\"n\":2},"
              + "\"i\\\"d\": {\"n\":1.10, \"s\":\"\\u00e9\"}\n}");
      shows("brief", "{}");
      assertThat(origin("/more/1")).contains("a");
      assertThat(origin("/orders/1")).contains("b");
      assertThat(origin("/reset/1")).contains("c");
      assertThat(peer.heads()).anyMatch(head -> head.contains("_checksums=1"));
      assertNothingWasRefused();
    }
  }

  private Optional<String> origin(String target) {
    return Http.send("GET", cluster.get("a"), target, "").headers().firstValue("hera-origin");
  }

  private void assertNothingWasRefused() {
    JsonObject status = status();
    status
        .getJsonObject("refused")
        .getJsonObject("gossip")
        .forEach(refused -> assertThat(refused.getValue()).as(refused.getKey()).isEqualTo(0));
    status
        .getJsonObject("origins")
        .forEach(origin -> assertThat(((JsonObject) origin.getValue()).getLong("diverged"))
            .as(origin.getKey())
            .isZero());
    assertThat(status.getJsonObject("conflicts")).isEmpty();
  }

  @Test
  void pagesOfVersion10AreAskedForUntilTheEnd() {
    try (RawServer peer = new RawServer(cluster.get("b"), head -> {
      DeltasTarget asked = asked(head);
      if (asked.waitMillis() > 0) {
        return Optional.empty();
      } else if (recovers(asked)) {
        return Optional.of(Recorded.answer("v2-nothing"));
      }
      long horizon = asked.digest().horizons().get("b");
      return Optional.of(page(horizon));
    })) {
      nodes.start("a", cluster, Duration.ofMinutes(5));
      shows("", "{\"pages\":{\"instances\":40}}");
      assertThat(peer.heads().stream().filter(head -> !head.contains("_wait")).distinct())
          .hasSizeGreaterThanOrEqualTo(4);
      assertNothingWasRefused();
    }
  }

  /** Returns the page that was recorded for the horizon. */
  private static byte[] page(long horizon) {
    for (String name : Recorded.names("answers", ".request.http")) {
      String request = new String(Recorded.bytes("answers/" + name + ".request.http"), UTF_8);
      if (name.startsWith("v2-page") && request.startsWith("GET /_deltas?b=" + horizon + " ")) {
        return Recorded.answer(name);
      }
    }
    throw new IllegalStateException("no page begins at " + horizon);
  }
}

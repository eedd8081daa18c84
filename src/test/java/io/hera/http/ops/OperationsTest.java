package io.hera.http.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.hera.wire.PeerStatus;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Health, status, and unknown endpoints. */
class OperationsTest {
  @AutoClose
  private static final ServedNode node = ServedNode.ready();

  @Test
  void aHealthyNodeIsUp() {
    assertThat(node.get("/_health/live").body()).isEqualTo("{\"status\":\"up\"}");
    assertThat(node.get("/_health/ready").body())
        .isEqualTo("{\"status\":\"up\",\"checks\":{\"recovered\":\"up\",\"synchronised\":\"up\"}}");
  }

  @Test
  void theStatusHasTheNodesIdentityAndCounts() {
    try (ServedNode own = ServedNode.ready()) {
      own.register("/s/1", "{}");
      own.register("/s/2", "{}");
      own.register("/t/1", "{}");
      own.send("DELETE", "/t/1", "").isDone();
      JsonObject status = own.status();
      assertThat(status.getString("node")).isEqualTo("a");
      assertThat(status.getString("life")).isEqualTo(ServedNode.LIFE);
      assertThat(status.getString("version")).isEqualTo("test");
      assertThat(status.getLong("uptime_seconds")).isBetween(0L, 600L);
      assertThat(status.getBoolean("ready")).isTrue();
      assertThat(status.getInteger("instances")).isEqualTo(2);
      assertThat(own.get("/").header("etag")).contains(status.getString("content"));
      assertThat(status.getLong("now")).isBetween(1L, System.currentTimeMillis() + 1_000);
      assertThat(status.getInteger("services")).isEqualTo(1);
      assertThat(status.getInteger("watchers")).isZero();
      assertThat(status.getInteger("tombstones")).isEqualTo(1);
      assertThat(status.getInteger("quarantined")).isZero();
      assertThat(status.getInteger("silent_instances")).isZero();
      assertThat(status.getJsonObject("silent")).isEmpty();
      assertThat(status.getJsonObject("origins").fieldNames()).containsExactlyInAnyOrder("a", "b");
      assertThat(status.getJsonObject("origins").getJsonObject("a").getInteger("entries"))
          .isEqualTo(3);
      assertThat(status.getJsonObject("conflicts")).isEmpty();
      assertThat(status.getJsonObject("peers")).isEmpty();
    }
  }

  @Test
  void theStatusOfAPeerIsTheLastReportOfGossip() {
    try (ServedNode own = ServedNode.ready()) {
      own.peers.put(
          "b",
          new PeerStatus(
              "h:1",
              "v2",
              "hanging",
              Optional.empty(),
              7,
              2,
              99,
              3,
              "timed out",
              OptionalLong.of(11),
              OptionalLong.of(-5),
              Optional.of(new PeerStatus.Exchanges(31, OptionalLong.of(2), OptionalLong.of(900))),
              Map.of()));
      own.register("/s/1", "{}");
      own.fetchedFromB("1");
      own.get("/_deltas?a=1&b=0&unknown=0", "Hera-Node: b;life=1");
      // A digest of one origin leaves the known horizons of the others.
      own.get("/_deltas?a=1&stranger=0", "Hera-Node: b;life=1");
      JsonObject status = own.status();
      JsonObject peer = status.getJsonObject("peers").getJsonObject("b");
      assertThat(peer.getString("address")).isEqualTo("h:1");
      assertThat(peer.getString("speaks")).isEqualTo("v2");
      assertThat(peer.getString("way")).isEqualTo("hanging");
      assertThat(peer.getLong("last_success_age_ms")).isEqualTo(11);
      assertThat(peer.getString("last_error")).isEqualTo("timed out");
      assertThat(peer.getLong("clock_skew_ms")).isEqualTo(-5);
      assertThat(peer.getLong("rounds")).isEqualTo(7);
      assertThat(peer.getLong("exchanges")).isEqualTo(31);
      assertThat(peer.getLong("round_trip_ms")).isEqualTo(2);
      assertThat(peer.getLong("last_failure_age_ms")).isEqualTo(900);
      assertThat(peer.getLong("failures")).isEqualTo(2);
      assertThat(peer.getLong("bytes_received")).isEqualTo(99);
      assertThat(peer.getLong("quarantined")).isEqualTo(3);
      assertThat(status.getLong("quarantined")).isEqualTo(3);
      assertThat(peer.getJsonObject("lag_ms").fieldNames()).containsExactlyInAnyOrder("a", "b");
      assertThat(peer.getJsonObject("lag_ms").getLong("a")).isPositive();
      assertThat(peer.getJsonObject("lag_ms").getLong("b")).isZero();
    }
  }

  @Test
  void theStatusHasTheDurationsByWhichAgesAreJudged() {
    JsonObject status = node.status();
    assertThat(status.getLong("liveness_ms")).isEqualTo(300_000);
    assertThat(status.getLong("max_skew_ms")).isPositive();
    assertThat(status.getLong("gossip_interval_ms")).isEqualTo(3_000);
  }

  @Test
  void writesThatAreDoneAreCountedByWhatTheyDo() {
    try (ServedNode own = ServedNode.ready()) {
      own.put("/s/1", "{}").isDone();
      own.put("/s/2", "{}").isDone();
      own.put("/s/1", "{}").isDone();
      own.put("/s/1", "{\"changed\":1}").isDone();
      own.put("/s/2", "").isDone();
      own.put("/s/unknown", "").isProblem(404, "unknown-instance");
      own.put("/s/3", "[]").isProblem(400, "invalid-document");
      own.send("DELETE", "/s/1", "").isDone();
      own.send("DELETE", "/s/1", "").isDone();
      own.put("/s/1", "{}").isDone();
      assertThat(own.status().getJsonObject("accepted"))
          .isEqualTo(
              new JsonObject().put("registrations", 3).put("renewals", 3).put("removals", 2));
    }
  }

  @Test
  void aServerAboutToStopIsNotReadyAndAsksClientsToCloseTheirConnections() {
    try (ServedNode own = ServedNode.ready()) {
      assertThat(own.get("/s").header("connection")).isEmpty();
      own.readiness.stop();
      assertThat(own.get("/s").header("connection")).isEqualTo("close");
      Reply ready = own.get("/_health/ready");
      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.body())
          .isEqualTo(
              "{\"status\":\"down\",\"checks\":{\"recovered\":\"up\",\"synchronised\":\"up\",\"stopping\":\"down\"}}");
    }
  }

  @Test
  void everyReasonOfRefusalIsThereFromTheStart() {
    try (ServedNode own = ServedNode.ready()) {
      assertThat(own.status().getJsonObject("refused").getJsonObject("gossip").getMap())
          .containsEntry("future_version", 0)
          .containsEntry("capacity", 0)
          .containsEntry("gap", 0);
    }
  }

  @Test
  void everyRefusalIsCounted() {
    try (ServedNode own = ServedNode.ready()) {
      own.put("/a/1", "[]");
      own.put("/a/1", "[]");
      own.get("/a/..");
      own.get("/_nothing");
      own.raw("nonsense\r\n\r\n");
      own.get("/_deltas?a=9223372036854775807");
      JsonObject refused = own.status().getJsonObject("refused");
      assertThat(refused.getJsonObject("requests"))
          .isEqualTo(new JsonObject()
              .put("invalid-document", 2)
              .put("invalid-path", 1)
              .put("invalid-request", 1)
              .put("unknown-endpoint", 1));
      assertThat(own.status().getJsonObject("claims").getLong("future")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/_",
        "/_x",
        "/_x/y",
        "/_health",
        "/_health/",
        "/_health/dead",
        "/_statusx",
        "/_status/x",
        "/_status#x",
        "/_%00",
        "/_%FF",
        "/_x?y",
        "/_x#y",
        "/_deltas/x",
        "/_STATUS",
        "/_a/b/c/d",
        "/_metrics/x",
        "/_status/../a/b",
        "/_/../a"
      })
  void anUnknownEndpointIsAProblem(String target) {
    for (String method : new String[] {"GET", "POST", "OPTIONS"}) {
      Reply reply = node.send(method, target, "");
      reply.isProblem(404, "unknown-endpoint");
      assertThat(reply.body()).doesNotContain("<");
    }
    assertThat(node.send("HEAD", target, "").status()).isEqualTo(404);
    node.put(target, "{}").isProblem(400, "invalid-path");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/_%zz", "/_%", "/_x%4", "/_%u0041", "/_status%"})
  void aBadEscapeIsAProblem(String target) {
    for (String method : new String[] {"GET", "PUT", "DELETE", "OPTIONS"}) {
      node.send(method, target, "").isProblem(400, "invalid-request");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/_status?x",
        "/_status/",
        "/_status?%zz",
        "http://h/_status",
        "/_%73tatus",
        "/_/../_status"
      })
  void thePathOfAnEndpointIsNormalised(String target) {
    assertThat(node.get(target).json().getString("node")).isEqualTo("a");
  }
}

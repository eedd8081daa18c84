package io.hera.http.ops;

import static io.hera.testkit.Tokens.ALL;
import static io.hera.testkit.Tokens.OPERATOR;
import static io.hera.testkit.Tokens.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.AuditLines;
import io.hera.testkit.Line;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.hera.testkit.Tokens;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A node that sends its clients to other nodes. */
class NodeDrainEndpointTest {
  private static final String DRAIN = "/_node/drain";

  @AutoClose
  private final ServedNode node = ServedNode.ready();

  private static void keepsOpen(Line line, String method, String target, String body) {
    assertThat(line.send(method, target, body).header("connection")).as(target).isEmpty();
  }

  @Test
  void aDrainedNodeIsNotReadyAndSaysWhy() {
    node.send("PUT", DRAIN + "?for=2h", "{\"reason\":\"new disk\"}").isDone();
    Reply ready = node.get("/_health/ready");
    assertThat(ready.status()).isEqualTo(503);
    assertThat(ready.json().getJsonObject("checks").getMap())
        .containsEntry("draining", "down")
        .containsEntry("synchronised", "up");
    assertThat(node.get("/_health/live").status()).isEqualTo(200);
    JsonObject shown = node.get(DRAIN).json();
    assertThat(shown.getBoolean("draining")).isTrue();
    assertThat(shown.getString("by")).isEqualTo("anonymous");
    assertThat(shown.getString("reason")).isEqualTo("new disk");
    assertThat(shown.getLong("until") - shown.getLong("since")).isEqualTo(7_200_000);
    JsonObject status = node.status();
    assertThat(status.getBoolean("ready")).as("it serves all requests").isTrue();
    assertThat(status.getJsonObject("draining").getString("reason")).isEqualTo("new disk");
    assertThat(node.get("/_metrics").body())
        .contains("\nhera_node_draining 1.0\n", "\nhera_node_drain_open_seconds 0.0\n");
  }

  @Test
  void aDrainThatHasEndedLeavesNothing() {
    node.send("PUT", DRAIN, "").isDone();
    node.send("DELETE", DRAIN, "").isDone();
    node.send("DELETE", DRAIN, "").isDone();
    assertThat(node.get("/_health/ready").status()).isEqualTo(200);
    assertThat(node.get(DRAIN).body()).isEqualTo("{\"draining\":false}");
    assertThat(node.status().containsKey("draining")).isFalse();
    try (Line line = node.line()) {
      keepsOpen(line, "GET", "/s", "");
      keepsOpen(line, "GET", "/s", "");
    }
  }

  @ParameterizedTest
  @CsvSource({"GET,/s", "PUT,/s/1", "GET,/", "POST,/_heartbeat", "GET,/s/none"})
  void repliesOfADrainedNodeCloseTheConnection(String method, String target) {
    try (Line line = node.line()) {
      keepsOpen(line, "GET", "/s", "");
      node.send("PUT", DRAIN, "").isDone();
      Reply reply = line.send(method, target, method.equals("GET") ? "" : "{}");
      assertThat(reply.header("connection")).isEqualTo("close");
      assertThat(line.rest()).as("until the end of the connection").isEmpty();
    }
  }

  @Test
  void aDrainedNodeServesReadsWritesAndPeers() {
    node.register("/s/1", "{\"a\":1}");
    node.send("PUT", DRAIN, "").isDone();
    node.register("/s/2", "{}");
    assertThat(node.document("/s")).isEqualTo("{\"1\":{\"a\":1},\"2\":{}}");
    try (Line line = node.line()) {
      keepsOpen(line, "GET", "/_deltas?a=0", "");
      keepsOpen(line, "GET", "/_deltas?a=0", "");
    }
  }

  @Test
  void aWaitThatEndsInADrainClosesTheConnection() {
    node.register("/s/1", "{}");
    try (Line line = node.line()) {
      String etag = line.send("GET", "/s", "").header("etag");
      line.write(Line.request("GET", "/s?wait=60s", new byte[0], "If-None-Match: " + etag));
      node.awaitWatchers(1);
      node.send("PUT", DRAIN, "").isDone();
      assertThat(node.status().getInteger("watchers")).isEqualTo(1);
      node.register("/s/2", "{}");
      Reply reply = line.read("GET");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("connection")).isEqualTo("close");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "soon", "721h", "", "2h&for=3h"})
  void aWrongTimeIsRefused(String time) {
    node.send("PUT", DRAIN + "?for=" + time, "").isProblem(400, "invalid-query");
    assertThat(node.get("/_health/ready").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{", "x"})
  void aBodyThatIsNoObjectIsRefused(String body) {
    node.send("PUT", DRAIN, body).isProblem(400, "invalid-document");
    assertThat(node.get("/_health/ready").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"reason\":1}", "{\"why\":\"x\"}"})
  void anotherMemberThanAReasonIsRefused(String body) {
    node.send("PUT", DRAIN, body).isProblem(400, "invalid-request");
    assertThat(node.get("/_health/ready").status()).isEqualTo(200);
  }

  @Test
  void aLongReasonIsRefused() {
    node.send("PUT", DRAIN, "{\"reason\":\"" + "x".repeat(200) + "\"}").isDone();
    node.send("PUT", DRAIN, "{\"reason\":\"" + "x".repeat(201) + "\"}")
        .isProblem(400, "invalid-request");
  }

  @Test
  void theParameterIsRefusedElsewhere() {
    node.get("/s?for=2h").isProblem(400, "invalid-query");
    node.send("DELETE", DRAIN + "?for=2h", "").isProblem(400, "invalid-query");
  }

  @Test
  void onlyOperatorsDrainAndEachHasALineInTheAuditLog() {
    node.access.set(Tokens.rules(Tokens.FILE));
    try (AuditLines lines = new AuditLines()) {
      for (String method : new String[] {"GET", "PUT", "DELETE"}) {
        assertThat(node.send(method, DRAIN, "", bearer(ALL))
                .isProblem(403, "forbidden")
                .getString("needs"))
            .isEqualTo("operate");
      }
      node.send("PUT", DRAIN + "?for=1h", "{\"reason\":\"new disk\"}", bearer(OPERATOR))
          .isDone();
      node.send("DELETE", DRAIN, "", bearer(OPERATOR)).isDone();
      assertThat(lines.all())
          .filteredOn(line -> line.contains("drained ") && !line.contains(" selector="))
          .satisfiesExactly(
              line -> assertThat(line)
                  .startsWith("drained identity=")
                  .contains(" token=", " address=127.0.0.1 ")
                  .endsWith(" for_ms=3600000 reason=new%20disk"),
              line -> assertThat(line).startsWith("undrained identity="));
    }
  }
}

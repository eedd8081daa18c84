package io.hera.http.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.ServedNode;
import io.hera.wire.PeerReply;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /_cluster}: what every node says, as one node learns it from its peers. */
class ClusterTest {
  @AutoClose
  private final ServedNode node = ServedNode.ready();

  private static PeerReply answered(String json) {
    return new PeerReply.Answered("10.0.0.2:8080", 83, json.getBytes(StandardCharsets.UTF_8));
  }

  private JsonObject nodes(String target) {
    JsonObject found = node.get(target).json();
    assertThat(found.fieldNames()).containsExactly("asked", "now", "nodes");
    assertThat(found.getString("asked")).isEqualTo("a");
    return found.getJsonObject("nodes");
  }

  @Test
  void aNodeAloneShowsItself() {
    JsonObject nodes = nodes("/_cluster");
    assertThat(nodes.fieldNames()).containsExactly("a");
    JsonObject own = nodes.getJsonObject("a");
    assertThat(own.getInteger("took_ms")).isZero();
    assertThat(own.getJsonObject("status").getString("node")).isEqualTo("a");
    assertThat(own.containsKey("address")).isFalse();
  }

  @Test
  void eachPeerShowsItsStatusOrTheReasonForNone() {
    node.peerReplies = target -> Map.of(
        "b", answered("{\"node\":\"b\",\"later\":[1]}"),
        "c", new PeerReply.Failed("10.0.0.3:1", "connection refused", OptionalLong.of(12_000)),
        "d", new PeerReply.Failed("10.0.0.4:1", "timed out", OptionalLong.empty()),
        "e", new PeerReply.Unasked("10.0.0.5:1"));
    JsonObject nodes = nodes("/_cluster");
    assertThat(nodes.fieldNames()).containsExactly("a", "b", "c", "d", "e");
    assertThat(nodes.getJsonObject("b").encode())
        .isEqualTo("{\"address\":\"10.0.0.2:8080\",\"took_ms\":83,"
            + "\"status\":{\"node\":\"b\",\"later\":[1]}}");
    assertThat(nodes.getJsonObject("c").encode())
        .isEqualTo("{\"address\":\"10.0.0.3:1\",\"error\":\"connection refused\","
            + "\"since_ms\":12000}");
    assertThat(nodes.getJsonObject("d").encode())
        .isEqualTo("{\"address\":\"10.0.0.4:1\",\"error\":\"timed out\"}");
    assertThat(nodes.getJsonObject("e").encode())
        .isEqualTo("{\"address\":\"10.0.0.5:1\",\"speaks\":\"v1\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "/_cluster, /_status",
    "/_cluster/s, /_entries/s",
    "/_cluster/%C3%BC%20s/a%26b, /_entries/%C3%BC%20s/a%26b",
    "/_cluster/%73/%31, /_entries/s/1",
    "/_cluster/s%3F/%23%25%3B, /_entries/s%3F/%23%25%3B",
    "/_cluster/%F0%9F%92%A9/%22%C2%A0, /_entries/%F0%9F%92%A9/%22%C2%A0"
  })
  void peersAreAskedForTheSame(String target, String asked) {
    node.peerReplies = question ->
        Map.of(question, new PeerReply.Failed("", "not asked for this", OptionalLong.empty()));
    assertThat(nodes(target).fieldNames()).containsExactly("a", asked);
  }

  @Test
  void aServiceHasItsTotalsAtEachNode() {
    node.register("/s/1", "{}");
    String content = "0".repeat(32);
    node.peerReplies = target -> Map.of(
        "b", answered("{\"content\":\"" + content + "\",\"x\":{},\"instances\":7}"),
        "c", answered("{\"instances\":7}"));
    JsonObject nodes = nodes("/_cluster/s");
    assertThat(nodes.getJsonObject("a").getInteger("instances")).isEqualTo(1);
    assertThat(node.get("/s").header("etag"))
        .contains(nodes.getJsonObject("a").getString("content"));
    assertThat(nodes.getJsonObject("b").getInteger("instances")).isEqualTo(7);
    assertThat(nodes.getJsonObject("b").getString("content")).isEqualTo(content);
    assertThat(nodes.getJsonObject("b").containsKey("x")).isFalse();
    assertThat(nodes.getJsonObject("c").getString("error")).isEqualTo("answered something else");
  }

  @Test
  void anAnswerThatIsNoStatusOfThePeerIsAnError() {
    node.peerReplies = target -> Map.of(
        "b", answered("{}"),
        "c", answered("{\"node\":{\"instances\":1}}"),
        "d", answered("{\"node\":\"b\"}"));
    JsonObject nodes = nodes("/_cluster");
    assertThat(nodes.getJsonObject("b").encode())
        .isEqualTo("{\"address\":\"10.0.0.2:8080\",\"error\":\"answered something else\"}");
    assertThat(nodes.getJsonObject("c").getString("error")).isEqualTo("answered something else");
    assertThat(nodes.getJsonObject("d").getString("error")).isEqualTo("answered as another node");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'content':7,'instances':7}",
        "{'content':'0','instances':'7'}",
        "{'content':'0','instances':-1}",
        "{'content':'0','instances':1.5}",
        "{'content':'0','instances':null}",
        "{'content':'0','instances':9999999999999999999999}",
        "{'content':'0'}",
        "{}"
      })
  void totalsOfAnotherShapeAreAnError(String json) {
    node.peerReplies = target -> Map.of("b", answered(json.replace('\'', '"')));
    assertThat(nodes("/_cluster/s").getJsonObject("b").getString("error"))
        .isEqualTo("answered something else");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'entries':{}}", "{'entries':null}", "{'entries':'[]'}"})
  void entriesOfAnotherShapeAreAnError(String json) {
    node.peerReplies = target -> Map.of("b", answered(json.replace('\'', '"')));
    assertThat(nodes("/_cluster/s/1").getJsonObject("b").getString("error"))
        .isEqualTo("answered something else");
  }

  @Test
  void anInstanceHasItsEntriesAtEachNode() {
    node.register("/s/1", "{}");
    node.peerReplies = target -> Map.of("b", answered("{\"service\":\"s\",\"entries\":[]}"));
    JsonObject nodes = nodes("/_cluster/s/1");
    assertThat(nodes.getJsonObject("a").getJsonArray("entries").getJsonObject(0).getString("state"))
        .isEqualTo("registered");
    assertThat(nodes.getJsonObject("b").getJsonArray("entries")).isEmpty();
  }

  @Test
  void longAnswersArriveWhole() {
    String text = "x".repeat(900_000);
    node.peerReplies = target -> Map.of(
        "b", answered("{\"node\":\"b\",\"t\":\"" + text + "\"}"),
        "c", answered("{\"node\":\"c\",\"t\":\"" + text + "\"}"));
    JsonObject nodes = nodes("/_cluster");
    assertThat(nodes.getJsonObject("c").getJsonObject("status").getString("t")).isEqualTo(text);
  }

  @Test
  void aNodeThatIsNotReadyShowsTheStatusOfAllAndKnowsNoInstances() {
    try (ServedNode starting = ServedNode.recovering()) {
      assertThat(starting.get("/_cluster").status()).isEqualTo(200);
      starting.get("/_cluster/s").isProblem(503, "recovering");
      starting.get("/_cluster/s/1").isProblem(503, "recovering");
    }
  }
}

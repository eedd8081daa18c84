package io.hera.http.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The list of targets for Prometheus. */
class PrometheusTargetsTest {
  @AutoClose
  private final ServedNode node = ServedNode.ready();

  /** Target → labels. */
  private Map<String, JsonObject> targets(String path) {
    Reply reply = node.get(path);
    assertThat(reply.status()).isEqualTo(200);
    Map<String, JsonObject> found = new TreeMap<>();
    for (Object group : new JsonArray(reply.body())) {
      JsonObject json = (JsonObject) group;
      assertThat(json.fieldNames()).containsExactlyInAnyOrder("targets", "labels");
      json.getJsonObject("labels").forEach(label -> {
        assertThat(label.getKey()).matches("[a-zA-Z_][a-zA-Z0-9_]*");
        assertThat(label.getValue()).isInstanceOf(String.class);
      });
      found.put(json.getJsonArray("targets").getString(0), json.getJsonObject("labels"));
    }
    return found;
  }

  @Test
  void theTargetIsTheAddressInTheDocument() {
    node.register("/s/1", "{\"address\":\"10.1.1.1:80\",\"zone\":\"ams\"}");
    node.register("/s/2", "{\"host\":\"10.1.1.2\", \"port\": 81,\"build-no\":7,\"tags\":[\"a\"]}");
    node.register("/t/1", "{\"host\":\"::1\",\"port\":\"82\",\"up\":true}");
    Map<String, JsonObject> targets = targets("/_sd/prometheus");
    assertThat(targets.keySet()).containsExactly("10.1.1.1:80", "10.1.1.2:81", "[::1]:82");
    assertThat(targets.get("10.1.1.1:80"))
        .isEqualTo(new JsonObject()
            .put("__meta_hera_zone", "ams")
            .put("__meta_hera_service", "s")
            .put("__meta_hera_id", "1")
            .put("__hera_service", "s")
            .put("__hera_id", "1"));
    assertThat(targets.get("10.1.1.2:81"))
        .isEqualTo(new JsonObject()
            .put("__meta_hera_build_no", "7")
            .put("__meta_hera_tags", "[\"a\"]")
            .put("__meta_hera_service", "s")
            .put("__meta_hera_id", "2")
            .put("__hera_service", "s")
            .put("__hera_id", "2"));
    assertThat(targets.get("[::1]:82").getString("__meta_hera_up")).isEqualTo("true");
    assertThat(targets("/_sd/prometheus?service=t").keySet()).containsExactly("[::1]:82");
  }

  @Test
  void anInstanceWithoutAnAddressIsLeftOutAndCounted() {
    node.register("/s/1", "{\"host\":\"h\"}");
    node.register("/s/2", "{\"port\":1}");
    node.register("/s/3", "{\"host\":\"h\",\"port\":\"http\"}");
    node.register("/s/4", "{\"address\":\"10.0.0.1\"}");
    assertThat(node.get("/_sd/prometheus").body()).isEqualTo("[]");
    assertThat(node.get("/_status").json().getInteger("targets_left_out")).isEqualTo(4);
    assertThat(node.status().getJsonObject("left_out").getJsonObject("prometheus"))
        .isEqualTo(new JsonObject().put("no-address", 1).put("no-port", 3));
    assertThat(node.get("/_metrics").body())
        .contains("hera_left_out_total{reason=\"no-port\",way=\"prometheus\"} 3.0");
    assertThat(node.get("/_sd/prometheus?service=unknown").body()).isEqualTo("[]");
    node.get("/_sd/prometheus?service=%zz").isProblem(400, "invalid-query");
  }

  /** Curator and Consul write the port beside the address. */
  @Test
  void everyTargetHasAHostAndAPort() {
    node.register("/s/1", "{\"address\":\"10.0.0.1\",\"port\":8080,\"zone\":\"ams\"}");
    node.register("/s/2", "{\"address\":\"fd00::1\",\"port\":\"8080\"}");
    node.register("/s/3", "{\"address\":\"http://10.0.0.3:80/\"}");
    node.register("/s/4", "{\"address\":\"10.0.0.4:0\"}");
    Map<String, JsonObject> targets = targets("/_sd/prometheus");
    assertThat(targets.keySet()).containsExactly("10.0.0.1:8080", "[fd00::1]:8080");
    assertThat(targets.get("10.0.0.1:8080").fieldNames())
        .containsExactlyInAnyOrder(
            "__meta_hera_zone",
            "__meta_hera_service",
            "__meta_hera_id",
            "__hera_service",
            "__hera_id");
    assertThat(node.get("/_status").json().getInteger("targets_left_out")).isEqualTo(2);
  }

  @Test
  void noMemberTakesTheLabelsOfTheNode() {
    node.register(
        "/s/1",
        "{\"address\":\"h:1\",\"id\":\"x\",\"service\":\"y\",\"_hera_id\":1,\"hera_service\":2,\"\":3}");
    JsonObject labels = targets("/_sd/prometheus").get("h:1");
    assertThat(labels)
        .isEqualTo(new JsonObject()
            .put("__hera_service", "s")
            .put("__hera_id", "1")
            .put("__meta_hera_id", "x")
            .put("__meta_hera_service", "y")
            .put("__meta_hera__hera_id", "1")
            .put("__meta_hera_hera_service", "2")
            .put("__meta_hera_", "3"));
    assertThat(node.get("/_metrics").body()).contains("hera_labels_left_out_total 2");
  }

  @Test
  void ofMembersWithOneLabelTheOneOfThatNameIsTakenAndTheOthersAreCounted() {
    node.register(
        "/s/1",
        "{\"address\":\"h:1\",\"build-no\":1,\"build_no\":2,\"build.no\":3,\"a b\":4,\"a.b\":5}");
    JsonObject labels = targets("/_sd/prometheus").get("h:1");
    assertThat(labels.getString("__meta_hera_build_no")).isEqualTo("2");
    assertThat(labels.getString("__meta_hera_a_b")).isEqualTo("4");
    assertThat(node.get("/_metrics").body()).contains("hera_labels_left_out_total 3");
  }
}

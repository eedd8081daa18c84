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
            .put("__meta_hera_id", "1"));
    assertThat(targets.get("10.1.1.2:81"))
        .isEqualTo(new JsonObject()
            .put("__meta_hera_build_no", "7")
            .put("__meta_hera_tags", "[\"a\"]")
            .put("__meta_hera_service", "s")
            .put("__meta_hera_id", "2"));
    assertThat(targets.get("[::1]:82").getString("__meta_hera_up")).isEqualTo("true");
    assertThat(targets("/_sd/prometheus?service=t").keySet()).containsExactly("[::1]:82");
  }

  @Test
  void anInstanceWithoutAnAddressIsLeftOutAndCounted() {
    node.register("/s/1", "{\"host\":\"h\"}");
    node.register("/s/2", "{\"port\":1}");
    node.register("/s/3", "{\"host\":\"h\",\"port\":\"http\"}");
    node.register("/s/4", "{\"address\":\"\"}");
    assertThat(node.get("/_sd/prometheus").body()).isEqualTo("[]");
    assertThat(node.get("/_status").json().getInteger("targets_left_out")).isEqualTo(4);
    assertThat(node.get("/_sd/prometheus?service=unknown").body()).isEqualTo("[]");
    node.get("/_sd/prometheus?service=%zz").isProblem(400, "invalid-query");
  }
}

package io.hera.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.RegistryLimits;
import io.hera.testkit.Line;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many writes in one request, and reading everything in the same shape. */
class BatchesTest {
  @AutoClose
  private final ServedNode node = ServedNode.ready();

  private Reply post(String target, String body) {
    return node.send("POST", target, body);
  }

  private JsonObject answer(String target, String body) {
    Reply reply = post(target, body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json();
  }

  @Test
  void aBatchRegistersEachDocumentByteForByte() {
    assertThat(
            answer("/_batch", "{\"s\":{\"1\":{\"n\": 1.10},\"å\":{}}, \"t\":{\"1\":{}},\"u\":{}}"))
        .isEqualTo(new JsonObject().put("errors", new JsonObject()));
    assertThat(node.document("/s")).isEqualTo("{\"1\":{\"n\": 1.10},\"å\":{}}");
    assertThat(node.get("/").json().fieldNames()).containsExactly("s", "t");
  }

  @Test
  void aBatchReportsBadItemsAndRegistersTheOthers() {
    JsonObject errors = answer(
            "/_batch",
            "{\"s\":{\"1\":{},\"2\":[],\"a/b\":{},\"3\":{\"x\":\"" + "y".repeat(70_000)
                + "\"}},\"_t\":{\"1\":{}}}")
        .getJsonObject("errors");
    assertThat(errors.fieldNames()).containsExactlyInAnyOrder("s", "_t");
    assertThat(errors.getJsonObject("s").fieldNames()).containsExactlyInAnyOrder("2", "3", "a/b");
    assertThat(errors.getJsonObject("s").getJsonObject("2").getString("type"))
        .isEqualTo("urn:hera:problem:invalid-document");
    assertThat(errors.getJsonObject("s").getJsonObject("a/b").getString("type"))
        .isEqualTo("urn:hera:problem:invalid-path");
    assertThat(errors.getJsonObject("_t").getJsonObject("1").getInteger("status"))
        .isEqualTo(400);
    assertThat(node.document("/s")).isEqualTo("{\"1\":{}}");
  }

  @Test
  void aBatchToAFullRegistryReportsTheNewInstances() {
    RegistryLimits small = RegistryLimits.DEFAULT.withCapacity(10, 2, 1 << 20);
    try (ServedNode full = ServedNode.ready(small)) {
      Reply reply = full.send("POST", "/_batch", "{\"s\":{\"1\":{},\"2\":{},\"3\":{},\"1b\":{}}}");
      JsonObject errors = reply.json().getJsonObject("errors").getJsonObject("s");
      assertThat(errors.fieldNames()).containsExactlyInAnyOrder("3", "1b");
      assertThat(errors.getJsonObject("3").getInteger("status")).isEqualTo(507);
    }
  }

  @Test
  void aHeartbeatRenewsManyAndReportsUnknownOnes() {
    node.put("/s/1?ttl=100", "{}").isDone();
    node.register("/t/1", "{}");
    JsonObject unknown = answer(
            "/_heartbeat?ttl=200",
            "{\"s\":[\"1\",\"2\"],\"t\":[\"\\u0031\"],\"u\":[\"x\",\"..\"],\"v\":[]}")
        .getJsonObject("unknown");
    assertThat(unknown)
        .isEqualTo(new JsonObject()
            .put("s", new JsonArray().add("2"))
            .put("u", new JsonArray().add("..").add("x")));
    assertThat(node.expiresIn("/s/1")).isBetween(190L, 200L);
  }

  @Test
  void aBatchTakesThousandsOfInstances() {
    JsonObject services = new JsonObject();
    JsonObject heartbeat = new JsonObject();
    for (int service = 0; service < 5; service++) {
      JsonObject instances = new JsonObject();
      for (int id = 0; id < 700; id++) {
        instances.put("i" + id, new JsonObject().put("n", id));
      }
      services.put("s" + service, instances);
      heartbeat.put("s" + service, new JsonArray().add("i699").add("i700"));
    }
    answer("/_batch", services.encode());
    assertThat(node.get("/_status").json().getInteger("instances")).isEqualTo(3_500);
    JsonObject unknown = answer("/_heartbeat", heartbeat.encode()).getJsonObject("unknown");
    assertThat(unknown.getJsonArray("s4")).isEqualTo(new JsonArray().add("i700"));
  }

  @Test
  void anExportOfOneNodeIsABatchForAnother() {
    node.register("/s/1", "{\"a\":1.10}");
    node.register("/s/2", "{}");
    node.register("/a%22b/%C3%A5", "{\"x\":\"\\ud83d\\ude00\"}");
    String exported = node.get("/_export").body();
    try (ServedNode other = ServedNode.ready()) {
      assertThat(other.get("/_export").body()).isEqualTo("{}");
      other.send("POST", "/_batch", exported);
      assertThat(other.get("/_export").body()).isEqualTo(exported);
      assertThat(other.get("/").header("etag")).isEqualTo(node.get("/").header("etag"));
    }
    try (Line line = node.line()) {
      line.write(Line.request("HEAD", "/_export", new byte[0]));
      assertThat(line.readAny("HEAD").status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/_batch | [] | ''",
        "/_batch | {\"s\":[]} | /s",
        "/_batch | {\"s\":{\"1\":{\"a\":1,\"a\":2}}} | /s/1/a",
        "/_batch | {\"s\":{},\"s\":{}} | /s",
        "/_batch | {\"s\":{} | ''",
        "/_heartbeat | {\"s\":{}} | /s",
        "/_heartbeat | {\"a~/b\":[1]} | /a~0~1b",
        "/_heartbeat | nothing | ''"
      })
  void aBodyThatIsNoneIsRefusedWhole(String target, String body, String pointer) {
    JsonObject problem = post(target, body).isProblem(400, "invalid-document");
    assertThat(problem.getString("pointer", "")).startsWith(pointer);
    assertThat(node.document("/")).isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/_batch", "/_heartbeat"})
  void limitsHoldHereToo(String target) {
    post(target + "?ttl=x", "{}").isProblem(400, "invalid-query");
    Reply wrong = node.get(target);
    wrong.isProblem(405, "method-not-allowed");
    assertThat(wrong.header("allow")).isEqualTo("POST, OPTIONS");
    post(target, "{\"s\":{}}" + " ".repeat(ServedNode.LIMITS.batchBytesMax()))
        .isProblem(413, "document-too-large");
    try (ServedNode recovering = ServedNode.recovering()) {
      recovering
          .send("POST", target, target.equals("/_batch") ? "{\"s\":{\"1\":{}}}" : "{\"s\":[\"1\"]}")
          .isProblem(503, "recovering");
    }
  }
}

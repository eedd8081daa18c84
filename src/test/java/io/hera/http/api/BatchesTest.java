package io.hera.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.RegistryLimits;
import io.hera.store.page.Workers;
import io.hera.testkit.Line;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.hera.testkit.TestLimits;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
    RegistryLimits small = TestLimits.capacity(10, 2, 1 << 20);
    try (ServedNode full = ServedNode.ready(small)) {
      Reply reply = full.send("POST", "/_batch", "{\"s\":{\"1\":{},\"2\":{},\"3\":{},\"1b\":{}}}");
      JsonObject errors = reply.json().getJsonObject("errors").getJsonObject("s");
      assertThat(errors.fieldNames()).containsExactlyInAnyOrder("3", "1b");
      assertThat(errors.getJsonObject("3").getInteger("status")).isEqualTo(507);
      full.put("/s/4", "{}").isProblem(507, "capacity");
      assertThat(full.status()
              .getJsonObject("refused")
              .getJsonObject("requests")
              .getInteger("capacity"))
          .isEqualTo(3);
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
  void aWorkerParsesALongBody() {
    Workers workers = new Workers() {
      @Override
      public <T> Future<T> run(Supplier<T> work) {
        throw new AssertionError("no work was expected");
      }
    };
    assertThat(Batches.thread((32 << 10) + 1, workers)).isSameAs(workers);
    assertThat(Batches.thread(32 << 10, workers).run(() -> "done").result()).isEqualTo("done");
  }

  /** A message of its own for each thousand would come back in the same turn. */
  @Test
  void theStoreGetsABatchAsOneMessage() {
    String batch = IntStream.range(0, 5_000)
        .mapToObj(i -> "\"i" + i + "\":{}")
        .collect(Collectors.joining(",", "{\"s\":{", "}}"));
    node.asked.reset();
    answer("/_batch", batch);
    assertThat(node.asked.calls()).containsExactly(Map.entry("write", 1));
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
        "/_batch | []",
        "/_batch | {\"t\":{\"1\":{}},\"s\":{}",
        "/_batch | {\"t\":{\"1\":{}},\"s\":{\"1\":{\"x\":[}}}",
        "/_batch | {\"t\":{\"1\":{}}} {}",
        "/_batch | {\"t\":{\"1\":{}},s:{}}",
        "/_heartbeat | nothing",
        "/_heartbeat | {\"s\":[\"1\"]"
      })
  void aBodyThatCannotBeDividedIntoServicesIsRefusedWhole(String target, String body) {
    post(target, body).isProblem(400, "invalid-document");
    assertThat(node.document("/")).isEqualTo("{}");
  }

  /** A problem under the empty id concerns the service itself. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'s':{'bad':{'a':1,'a':2},'1':{}},'t':{'1':{}}} | bad | /a",
        "{'s':{'1':{},'bad':{'a':[1,NaN]}},'t':{'1':{}}} | bad | /a/1",
        "{'s':{'bad':{'a':'\\ud800'},'1':{}},'t':{'1':{}}} | bad | /a",
        "{'s':{'bad':{'a':{'b':-1e999}},'1':{}},'t':{'1':{}}} | bad | /a/b",
        "{'s':{'bad':{'a':'\\q'},'1':{}},'t':{'1':{}}} | bad | /a",
        "{'s':{'bad':{'a':01 },'1':{}},'t':{'1':{}}} | bad | /a",
        "{'s':{'bad':{a},'1':{}},'t':{'1':{}}} | bad | ''",
        "{'s':{'bad':,'1':{}},'t':{'1':{}}} | bad | ''",
        "{'s':{'bad':null,'1':{}},'t':{'1':{}}} | bad | ''",
        "{'s':{'bad':{} {},'1':{}},'t':{'1':{}}} | bad | ''",
        "{'s':{'bad':{},'bad':{'x':1},'1':{}},'t':{'1':{}}} | bad | ''",
        "{'s':{'bad':{},'\\u0062ad':{'x':1},'1':{}},'t':{'1':{}}} | bad | ''",
        "{'s':[{}],'t':{'1':{}}} | '' | /s",
        "{'s':5,'t':{'1':{}}} | '' | /s",
        "{'s':{'2':{},},'t':{'1':{}}} | '' | ''",
        "{'s':{'2':{}},'t':{'1':{}},'s':{'3':{}}} | '' | /s",
      })
  void aBadDocumentOrServiceSpoilsOnlyItself(String body, String id, String pointer) {
    JsonObject errors = answer("/_batch", body.replace('\'', '"')).getJsonObject("errors");
    assertThat(errors.fieldNames()).containsExactly("s");
    JsonObject problems = errors.getJsonObject("s");
    assertThat(problems.fieldNames()).containsExactly(id.replace("''", ""));
    JsonObject problem = problems.getJsonObject(id.replace("''", ""));
    assertThat(problem.getString("type")).isEqualTo("urn:hera:problem:invalid-document");
    assertThat(problem.getInteger("status")).isEqualTo(400);
    assertThat(problem.getString("pointer", "")).isEqualTo(pointer.replace("''", ""));
    assertThat(node.document("/t")).isEqualTo("{\"1\":{}}");
    assertThat(node.document("/s")).isEqualTo(id.equals("bad") ? "{\"1\":{}}" : "{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":2}",
        "{\"a\":tru}",
        "[]",
        "{\"x\":\"\\ud800\"}",
        "LARGE",
        "DEEP",
      })
  void theProblemOfAnItemIsThatOfItsPut(String document) {
    String sent = document
        .replace("LARGE", "{\"x\":\"" + "y".repeat(70_000) + "\"}")
        .replace("DEEP", "{\"a\":".repeat(40) + "1" + "}".repeat(40));
    JsonObject put = node.put("/s/1", sent).json();
    JsonObject item = answer("/_batch", "{\"s\":{\"1\":" + sent + "}}")
        .getJsonObject("errors")
        .getJsonObject("s")
        .getJsonObject("1");
    assertThat(item).isEqualTo(put);
  }

  @Test
  void namesThatAreNotWholeAreReportedAndAffectNoOthers() {
    JsonObject errors = answer(
            "/_batch",
            "{\"s\":{\"\\ud800\":{},\"\\q\":{},\"1\":{}},\"\\udc00\":{\"1\":{}},\"t\":{\"1\":{}}}")
        .getJsonObject("errors");
    assertThat(errors.size()).isEqualTo(2);
    assertThat(errors.getJsonObject("s").size()).isEqualTo(2);
    assertThat(errors.getJsonObject("s").getJsonObject("").getString("type"))
        .isEqualTo("urn:hera:problem:invalid-path");
    assertThat(node.document("/s")).isEqualTo("{\"1\":{}}");
    assertThat(node.document("/t")).isEqualTo("{\"1\":{}}");
  }

  @Test
  void aBadItemOfAHeartbeatAffectsNoOtherInstances() {
    node.put("/s/1?ttl=100", "{}").isDone();
    node.put("/t/1?ttl=100", "{}").isDone();
    JsonObject answer = answer(
        "/_heartbeat?ttl=200",
        "{\"s\":[5,\"1\",\"2\",nope],\"u\":{},\"v\":[\"x\" \"y\"],\"t\":[\"1\"],\"t\":[\"1\"]}");
    assertThat(answer.getJsonObject("unknown"))
        .isEqualTo(new JsonObject().put("s", new JsonArray().add("2")));
    JsonObject errors = answer.getJsonObject("errors");
    assertThat(errors.fieldNames()).containsExactly("s", "u", "v");
    assertThat(errors.getJsonObject("u").getJsonObject("").getString("pointer")).isEqualTo("/u");
    assertThat(node.expiresIn("/s/1")).isBetween(190L, 200L);
    assertThat(node.expiresIn("/t/1")).isBetween(190L, 200L);
  }

  @Test
  void aReplyHasAtMostTenThousandProblems() {
    JsonObject instances = new JsonObject();
    for (int id = 0; id < 10_005; id++) {
      instances.put("i" + id, id);
    }
    JsonObject answer = answer("/_batch", new JsonObject().put("s", instances).encode());
    assertThat(answer.getJsonObject("errors").getJsonObject("s").size()).isEqualTo(10_000);
    assertThat(answer.getInteger("more")).isEqualTo(5);
  }

  @Test
  void eachRefusedItemIsCounted() {
    answer("/_batch", "{\"s\":{\"1\":[],\"2\":[],\"..\":{}}}");
    answer("/_heartbeat", "{\"s\":[\"1\",\"2\",\"3\"]}");
    JsonObject refused = node.status().getJsonObject("refused").getJsonObject("requests");
    assertThat(refused.getInteger("invalid-document")).isEqualTo(2);
    assertThat(refused.getInteger("invalid-path")).isEqualTo(1);
    assertThat(refused.getInteger("unknown-instance")).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /_batch, Content-Encoding: gzip",
    "POST, /_batch, Content-Type: text/xml",
    "POST, /_heartbeat, Content-Encoding: br",
    "POST, /_heartbeat, Content-Type: multipart/form-data; boundary=x",
    "PUT, /s/1, Content-Encoding: gzip",
    "PUT, /s/1, Content-Type: application/soap+xml"
  })
  void aBodyThatCannotBeJsonIsRefusedWithWhatIsSupported(
      String method, String target, String header) {
    try (Line line = node.line()) {
      line.write(Line.request(method, target, "{}".getBytes(StandardCharsets.UTF_8), header));
      Reply reply = line.read(method);
      reply.isProblem(415, "unsupported-media-type");
      assertThat(reply.header("accept-encoding")).isEqualTo("identity");
      assertThat(reply.header("accept")).startsWith("application/json");
    }
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

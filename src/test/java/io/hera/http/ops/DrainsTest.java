package io.hera.http.ops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Key;
import io.hera.registry.Selector;
import io.hera.store.DrainCommand;
import io.hera.store.DrainReply;
import io.hera.testkit.AuditLines;
import io.hera.testkit.EventClient;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tests drains over HTTP (P18). */
@Execution(ExecutionMode.CONCURRENT)
class DrainsTest {
  @AutoClose
  private final ServedNode node = ServedNode.ready();

  private Reply drain(String selector, String body) {
    return node.send("PUT", "/_drain/" + selector, body);
  }

  private void registerTwo() {
    node.register("/orders/1", "{\"host\":\"10.1.1.7\",\"port\":1}");
    node.register("/orders/2", "{\"host\":\"10.1.1.8\",\"port\":2}");
  }

  @Test
  void aDrainedInstanceIsLeftOutAndCounted() {
    registerTwo();
    String etag = node.get("/orders").header("etag");
    drain("orders/1", "{\"reason\":\"kernel update\"}").isDone();
    Reply some = node.get("/orders");
    assertThat(some.json().fieldNames()).containsExactly("2");
    assertThat(some.header("hera-drained")).isEqualTo("1");
    assertThat(some.header("etag")).isNotEqualTo(etag);
    assertThat(node.get("/orders?match=host:10.1.1.7").json()).isEmpty();
    assertThat(node.get("/").json().getJsonObject("orders").getInteger("instances"))
        .isOne();
    assertThat(node.get("/_export").body()).doesNotContain("10.1.1.7");
    node.send("DELETE", "/_drain/orders/1", "").isDone();
    Reply all = node.get("/orders");
    assertThat(all.headers()).doesNotContainKey("hera-drained");
    assertThat(all.header("etag")).isEqualTo(etag);
  }

  @Test
  void theHistorySaysByWhichDrainAnInstanceWentAndWhy() {
    registerTwo();
    drain("*?match=host:10.1.1.7", "{\"reason\":\"kernel update\"}").isDone();
    drain("orders/2?force", "").isDone();
    JsonArray events = node.get("/_events?type=drained").json().getJsonArray("events");
    assertThat(events.getJsonObject(0).getJsonObject("cause"))
        .isEqualTo(JsonObject.of("kind", "drain", "selector", "orders/2"));
    assertThat(events.getJsonObject(1).getJsonObject("cause"))
        .isEqualTo(JsonObject.of(
            "kind", "drain", "selector", "*?match=host:10.1.1.7", "reason", "kernel update"));
    assertThat(events.getJsonObject(1).getString("why"))
        .startsWith("hidden by the drain *?match=host:10.1.1.7 (kernel update), and registered");
  }

  @Test
  void aReadOfAllIncludesADrainedInstance() {
    registerTwo();
    drain("orders/1", "").isDone();
    assertThat(node.get("/orders?all").json().fieldNames()).containsExactly("1", "2");
    assertThat(node.get("/_export?all").body()).contains("10.1.1.7");
    node.register("/shop/a", "{\"host\":\"10.1.1.9\"}");
    drain("shop?force", "").isDone();
    Reply counts = node.get("/?all");
    assertThat(counts.body())
        .isEqualTo("{\"orders\":{\"instances\":2},\"shop\":{\"instances\":1}}");
    assertThat(counts.headers()).doesNotContainKey("etag");
    assertThat(node.get("/?all=false").body()).isEqualTo("{\"orders\":{\"instances\":1}}");
    assertThat(node.get("/?all&service=shop").body())
        .isEqualTo("{\"shop\":{\"a\":{\"host\":\"10.1.1.9\"}}}");
    node.get("/?all&wait=5s").isProblem(400, "invalid-query");
    node.get("/?all", "Accept: text/event-stream").isProblem(400, "invalid-query");
    node.get("/orders?all&match=a:b").isProblem(400, "invalid-query");
    node.get("/orders?all&wait=5s").isProblem(400, "invalid-query");
    node.get("/orders?all", "Accept: text/event-stream").isProblem(400, "invalid-query");
  }

  @Test
  void theInstanceItselfAndItsOwnerAreToldTheReason() {
    registerTwo();
    drain("orders/1", "{\"reason\":\"füße\"}").isDone();
    Reply one = node.get("/orders/1");
    assertThat(one.status()).isEqualTo(200);
    assertThat(one.header("hera-drained")).isEqualTo("f%C3%BC%C3%9Fe");
    Reply renewed = node.put("/orders/1", "{\"host\":\"10.1.1.7\",\"port\":3}");
    renewed.isDone();
    assertThat(renewed.header("hera-drained")).isEqualTo("f%C3%BC%C3%9Fe");
    assertThat(node.put("/orders/2", "{}").headers()).doesNotContainKey("hera-drained");
    drain("orders/1", "").isDone();
    assertThat(node.get("/orders/1").header("hera-drained")).isEqualTo("drained");
  }

  @Test
  void anAgentIsToldHowManyOfItsInstancesAreHidden() {
    registerTwo();
    String two =
        "{\"orders\":{\"1\":{\"host\":\"10.1.1.7\"},\"3\":{\"host\":\"10.1.1.7\"},\"4\":[]}}";
    String beat = "{\"orders\":[\"1\",\"2\",\"3\",\"9\"]}";
    assertThat(node.send("POST", "/_batch", two).headers()).doesNotContainKey("hera-drained");
    drain("*?match=host:10.1.1.9", "").isDone();
    assertThat(node.send("POST", "/_heartbeat", beat).headers()).doesNotContainKey("hera-drained");
    drain("*?match=host:10.1.1.7", "").isDone();
    assertThat(node.send("POST", "/_batch", two).header("hera-drained")).isEqualTo("2");
    assertThat(node.send("POST", "/_heartbeat", beat).header("hera-drained")).isEqualTo("2");
    String lines = "{\"service\":\"shop\",\"id\":\"1\",\"document\":{\"host\":\"10.1.1.9\"}}\n";
    Reply some = node.send(
        "POST",
        "/_batch",
        lines + lines.replace("1.9", "1.5"),
        "Content-Type: application/x-ndjson");
    assertThat(some.header("hera-drained")).isEqualTo("1");
  }

  @Test
  void aMachineIsDrainedInAllServices() {
    registerTwo();
    node.register("/shop/a", "{\"host\":\"10.1.1.7\"}");
    JsonObject problem = drain("*?match=host:10.1.1.7", "").isProblem(409, "would-empty");
    assertThat(problem.getString("detail")).contains("shop").doesNotContain("orders");
    assertThat(node.get("/orders").json().size()).isEqualTo(2);
    drain("*?match=host:10.1.1.7&force", "").isDone();
    assertThat(node.get("/orders").json().fieldNames()).containsExactly("2");
    assertThat(node.get("/").json().fieldNames()).containsExactly("orders");
    assertThat(node.get("/shop").body()).isEqualTo("{}");
    JsonObject drains = node.get("/_drain").json();
    assertThat(drains.fieldNames()).containsExactly("*?match=host:10.1.1.7");
    JsonObject drain = drains.getJsonObject("*?match=host:10.1.1.7");
    assertThat(drain.getInteger("instances")).isEqualTo(2);
    assertThat(drain.fieldNames()).containsExactlyInAnyOrder("at", "origin", "instances");
    assertThat(node.get("/_drain/*?match=host:10.1.1.7").json()).isEqualTo(drain);
    node.send("DELETE", "/_drain/*?match=host:10.1.1.7", "").isDone();
    assertThat(node.get("/_drain").body()).isEqualTo("{}");
    node.get("/_drain/*?match=host:10.1.1.7").isProblem(404, "unknown-drain");
  }

  @Test
  void aWholeServiceIsDrainedByForce() {
    registerTwo();
    drain("orders", "").isProblem(409, "would-empty");
    drain("orders?force&for=2h", "").isDone();
    assertThat(node.get("/orders").body()).isEqualTo("{}");
    assertThat(node.get("/_drain/orders").json().getString("until")).endsWith("Z");
    drain("nothing", "").isDone();
  }

  @Test
  void aStreamSaysThatAnInstanceWasDrainedAndCameBack() {
    registerTwo();
    try (EventClient stream = new EventClient(node.port(), "/orders", "")) {
      assertThat(stream.next().type()).isEqualTo("snapshot");
      drain("orders/1", "").isDone();
      EventClient.Event gone = stream.next();
      assertThat(gone.type()).isEqualTo("delete");
      assertThat(gone.json().getString("reason")).isEqualTo("drained");
      node.send("DELETE", "/_drain/orders/1", "").isDone();
      EventClient.Event back = stream.next();
      assertThat(back.type()).isEqualTo("put");
      assertThat(back.json().getString("id")).isEqualTo("1");
    }
  }

  @Test
  void prometheusKeepsADrainedTarget() {
    registerTwo();
    drain("orders/1", "{\"reason\":\"kernel update\"}").isDone();
    String targets = node.get("/_sd/prometheus").body();
    assertThat(targets)
        .contains("10.1.1.7:1", "\"__meta_hera_drained\":\"kernel update\"", "10.1.1.8:2")
        .containsOnlyOnce("__meta_hera_drained");
    assertThat(node.get("/_sd/prometheus?service=orders").body()).contains("10.1.1.7:1");
  }

  @Test
  void aDrainIsRefusedWhilePeersWouldNotPassItOn() {
    node.fetchedFromB("0b");
    registerTwo();
    JsonObject problem = drain("orders/1", "").isProblem(409, "mixed-versions");
    assertThat(problem.getString("detail")).contains("b");
    drain("orders/1?force", "").isDone();
    node.send("DELETE", "/_drain/orders/1", "").isDone();
  }

  @Test
  void aRequestThatSelectsNothingIsRefused() {
    node.send("PUT", "/_drain", "").isProblem(405, "method-not-allowed");
    for (String path : List.of("/_x", "/a/b/c", "/a/", "/%2F", "/a%00b", "/a//b")) {
      assertThat(node.send("PUT", "/_drain" + path, "").status()).as(path).isEqualTo(400);
    }
    for (String query : List.of("*", "*?match=x", "*?match=a:b&match=c:d", "*?match=a:%7B%7D")) {
      drain(query, "").isProblem(400, "invalid-query");
    }
    drain("orders?match=a:b", "").isProblem(400, "invalid-query");
    drain("orders?for=720h", "").isProblem(400, "invalid-query");
    drain("orders?for=soon", "").isProblem(400, "invalid-query");
    drain("*?match=a:" + "x".repeat(2_100), "").isProblem(400, "invalid-query");
    drain("orders", "{\"until\":1}").isProblem(400, "invalid-request");
    drain("orders", "[1]").isProblem(400, "invalid-document");
    drain("orders", "{\"reason\":\"" + "x".repeat(201) + "\"}").isProblem(400, "invalid-request");
    node.send("POST", "/_drain/orders", "").isProblem(405, "method-not-allowed");
    assertThat(node.get("/_drain").body()).isEqualTo("{}");
  }

  @Test
  void theAuditLogSaysWhatADrainHidesForHowLongAndWhy() {
    try (AuditLines lines = new AuditLines()) {
      drain("audited?for=15m&force", "{\"reason\":\"new disk\"}").isDone();
      node.send("DELETE", "/_drain/audited", "").isDone();
      drain("audited/1", "").isDone();
      assertThat(lines.all())
          .filteredOn(line -> line.contains(" selector=audited"))
          .satisfiesExactly(
              line -> assertThat(line)
                  .startsWith("drained identity=")
                  .endsWith(" selector=audited for_ms=900000 force=true reason=new%20disk"),
              line -> assertThat(line).startsWith("undrained ").endsWith(" selector=audited"),
              line -> assertThat(line).endsWith(" selector=audited/1 reason="));
    }
  }

  @Test
  void aNodeThatRecoversTakesNoDrain() {
    try (ServedNode starting = ServedNode.recovering()) {
      starting.send("PUT", "/_drain/orders", "").isProblem(503, "recovering");
      starting.get("/_drain").isProblem(503, "recovering");
    }
  }

  @Test
  void commandsThatComeTogetherDoNotEmptyAServiceWithoutForce() {
    for (int i = 0; i < 10; i++) {
      node.register("/orders/" + i, "{\"host\":\"h\"}");
    }
    List<Future<DrainReply>> replies = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      replies.add(node.store.drain(new DrainCommand.Put(
          new Selector.OfInstance(new Key("orders", "" + i)),
          "{\"at\":\"now\"}".getBytes(UTF_8),
          0,
          DrainCommand.Caution.ASKED)));
    }
    Future.all(replies).await();
    assertThat(node.get("/orders").json().size()).isPositive();
  }

  @Test
  void aReasonThatIsSetAgainIsShownToPrometheus() {
    node.register("/orders/1", "{\"host\":\"10.1.1.7\",\"port\":1}");
    node.register("/orders/2", "{\"host\":\"10.1.1.8\",\"port\":2}");
    node.send("PUT", "/_drain/orders/1", "{\"reason\":\"first\"}").isDone();
    assertThat(node.get("/_sd/prometheus").body()).contains("first");
    node.send("PUT", "/_drain/orders/1", "{\"reason\":\"second\"}").isDone();
    assertThat(node.get("/_sd/prometheus").body()).contains("second");
  }

  @Test
  void anInstanceIsReadWhileTheWalkAfterARemovalGoesOn() {
    StringBuilder batch = new StringBuilder("{\"orders\":{\"0\":{}");
    for (int i = 1; i < 30_000; i++) {
      batch.append(",\"").append(i).append("\":{}");
    }
    node.send("POST", "/_batch", batch.append("}}").toString());
    node.send("PUT", "/_drain/orders?force", "").isDone();
    node.store.drain(new DrainCommand.Remove(new Selector.OfService("orders")));
    List<Future<?>> found = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      found.add(node.store.find(new Key("orders", "" + (i * 149))));
    }
    Future.all(found).await();
  }

  @Test
  void aDrainOfAServiceCalledAnAsterisk() {
    node.register("/%2A/1", "{\"host\":\"h\"}");
    node.send("PUT", "/_drain/%2A?force", "").isDone();
    assertThat(node.get("/%2A").body()).isEqualTo("{}");
    assertThat(node.send("PUT", "/_drain/*/1?force", "").status()).isEqualTo(204);
  }

  @Test
  void anOperatorIsToldThatADrainIsNotSaved() {
    registerTwo();
    assertThat(drain("orders/1", "").headers()).doesNotContainKey("hera-not-saved");
    node.notSaved = Optional.of("No space left on device");
    Reply reply = drain("orders/1", "");
    reply.isDone();
    assertThat(reply.header("hera-not-saved")).isEqualTo("No space left on device");
    assertThat(node.get("/orders").json().fieldNames()).containsExactly("2");
  }
}

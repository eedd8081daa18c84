package io.hera.http.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Delta;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.store.SavedPage;
import io.hera.testkit.Eventually;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the history as a list, and single events of it. */
@Timeout(60)
class EventListTest {
  @AutoClose
  private final ServedNode node = ServedNode.ready();

  private List<JsonObject> events(String query) {
    JsonArray events = node.get("/_events" + query).json().getJsonArray("events");
    return events.stream().map(JsonObject.class::cast).toList();
  }

  private List<String> types(String query) {
    return events(query).stream().map(event -> event.getString("type")).toList();
  }

  private void live() {
    node.register("/s/1?ttl=30s", "{\"n\":1}");
    node.register("/s/1", "{\"n\":2}");
    node.register("/s/1", "");
    node.send("DELETE", "/s/1", "").isDone();
  }

  @Test
  void aListHasTheNewestEventsFirstAndSaysWhoseTheyAre() {
    live();
    JsonObject list = node.get("/_events").json();
    assertThat(list.getString("node")).isEqualTo("a");
    assertThat(list.getString("life")).isEqualTo(ServedNode.LIFE);
    assertThat(list.getInteger("first")).isEqualTo(1);
    assertThat(list.getInteger("last")).isEqualTo(4);
    assertThat(types("")).containsExactly("deregistered", "updated", "registered", "ready");
    JsonObject gone = list.getJsonArray("events").getJsonObject(0);
    assertThat(gone.getInteger("n")).isEqualTo(4);
    assertThat(gone.getLong("at")).isLessThanOrEqualTo(list.getLong("now"));
    assertThat(gone.getString("service") + "/" + gone.getString("id")).isEqualTo("s/1");
    assertThat(gone.getString("origin")).isEqualTo("a");
    assertThat(gone.getInteger("ttl_ms")).isEqualTo(30_000);
    assertThat(gone.getInteger("instances")).isZero();
    assertThat(gone.getBoolean("documents")).isTrue();
  }

  @Test
  void anEventThatAClientHasCausedNamesItsAddress() {
    live();
    JsonObject gone = events("").get(0);
    assertThat(gone.getString("by")).isEqualTo("127.0.0.1");
    assertThat(gone.getJsonObject("cause"))
        .isEqualTo(new JsonObject().put("kind", "delete").put("address", "127.0.0.1"));
    assertThat(gone.getString("why")).startsWith("deregistered by a DELETE from 127.0.0.1; last");
    assertThat(events("?type=registered").get(0).getJsonObject("cause").getString("kind"))
        .isEqualTo("put");
  }

  @Test
  void anInstanceThatIsNotRenewedHasExpired() {
    node.register("/s/1?ttl=1s", "{}");
    Eventually.passes(() -> assertThat(types("?type=expired")).hasSize(1));
    JsonObject gone = events("?type=expired").get(0);
    assertThat(gone.getJsonObject("cause")).isEqualTo(new JsonObject().put("kind", "expiry"));
    assertThat(gone.getString("why")).matches("not renewed for .* s; last renewal at a 20.*Z");
    assertThat(gone.containsKey("by")).isFalse();
  }

  /** They expire after it: there is no need to wait for that. */
  @Test
  void aServiceThatFallsSilentIsAnEventWithoutAnInstance() {
    for (int id = 1; id <= 3; id++) {
      node.register("/s/" + id + "?ttl=2s", "{}");
    }
    Eventually.passes(() -> assertThat(types("?type=silent")).hasSize(1));
    JsonObject silent = events("?service=s&type=silent&origin=a").get(0);
    assertThat(silent.getJsonObject("cause").getString("kind")).isEqualTo("silence");
    assertThat(silent.getJsonObject("cause").getInteger("silent")).isEqualTo(3);
    assertThat(silent.getJsonObject("cause").getInteger("shown")).isEqualTo(3);
    assertThat(silent.getJsonObject("cause").getLong("since")).isEqualTo(silent.getLong("at"));
    assertThat(silent.fieldNames()).doesNotContain("id", "version", "ttl_ms", "age_ms", "by");
    assertThat(silent.getString("why")).startsWith("3 of 3 instances at a are silent since 20");
    assertThat(events("?service=s&id=1"))
        .extracting(event -> event.getString("id"))
        .containsOnly("1");
    assertThat(node.get("/_events/" + silent.getInteger("n")).json().getJsonObject("event"))
        .isEqualTo(silent);
    node.register("/s/1", "{}");
    node.register("/s/2", "{}");
    node.register("/s/3", "{}");
    assertThat(types("?service=s&limit=1")).containsExactly("not_silent");
    assertThat(node.document("/_metrics")).contains("hera_events_total{type=\"silent\"} 1.0");
  }

  /** The snapshot has an instance of b, and b has removed it while the node was down. */
  @Test
  void anInstanceOfASnapshotThatAPeerDoesNotHaveIsDropped() {
    long now = System.currentTimeMillis();
    byte[] document = "{\"n\":1}".getBytes(StandardCharsets.UTF_8);
    Registration saved = new Registration(new Key("s", "1"), document, now, 1_000, 300_000);
    try (ServedNode restarted = ServedNode.recovering()) {
      restarted
          .store
          .restore(new SavedPage(
              new Delta(List.of(new OriginDelta("b", 0, 0, false, List.of(saved)))), 300_000))
          .await();
      restarted.recover();
      assertThat(restarted.document("/s/1")).isEqualTo("{\"n\":1}");
      restarted.fetchedFromB(
          "life-b", new Delta(List.of(new OriginDelta("b", 0, now + 1, false, List.of()))));
      Eventually.passes(() -> assertThat(restarted.get("/s/1").status()).isEqualTo(404));
      JsonObject list =
          restarted.get("/_events?type=dropped&service=s&id=1&origin=b").json();
      JsonObject gone = list.getJsonArray("events").getJsonObject(0);
      assertThat(gone.getJsonObject("cause"))
          .isEqualTo(new JsonObject("{\"kind\":\"absent\",\"peer\":\"b\"}"));
      assertThat(gone.getLong("version")).isEqualTo(now);
      assertThat(gone.getString("why"))
          .startsWith("ended while this node was down: b does not have it; last renewal at b 20");
    }
  }

  @Test
  void theParametersSelectEvents() {
    live();
    node.register("/s/2", "{}");
    node.register("/t/1", "{}");
    assertThat(types("?service=s")).hasSize(4);
    assertThat(types("?service=s&id=2")).containsExactly("registered");
    assertThat(types("?service=s&id=2&type=updated")).isEmpty();
    assertThat(types("?type=registered")).hasSize(3);
    assertThat(types("?origin=a&type=ready")).hasSize(1);
    assertThat(types("?origin=b")).isEmpty();
    assertThat(types("?service=none")).isEmpty();
    assertThat(types("?limit=2")).hasSize(2);
  }

  @Test
  void pagesByBeforeHaveEachEventOnce() {
    register(1, 230);
    List<Integer> numbers = new ArrayList<>();
    String before = "";
    for (List<JsonObject> page = events("?limit=50");
        !page.isEmpty();
        page = events("?limit=50" + before)) {
      page.forEach(event -> numbers.add(event.getInteger("n")));
      before = "&before=" + numbers.get(numbers.size() - 1);
    }
    assertThat(numbers)
        .isEqualTo(IntStream.rangeClosed(1, 231).mapToObj(n -> 232 - n).toList());
  }

  private void register(int from, int to) {
    String batch = IntStream.rangeClosed(from, to)
        .mapToObj(id -> "\"" + id + "\":{}")
        .collect(Collectors.joining(",", "{\"s\":{", "}}"));
    assertThat(node.send("POST", "/_batch", batch).json())
        .isEqualTo(new JsonObject("{\"errors\":{}}"));
  }

  /** No service keeps more than 1,000 events, so the first ones are lost. */
  @Test
  void aListOfManyEventsSaysFromWhereOnNoneIsMissing() {
    register(1, 1_500);
    Reply plain = node.get("/_events?limit=1000");
    assertThat(plain.json().getJsonArray("events")).hasSize(1_000);
    assertThat(plain.json().getInteger("first")).isEqualTo(502);
    assertThat(types("")).hasSize(100);
    Reply gzip = node.get("/_events?limit=1000", "Accept-Encoding: gzip");
    assertThat(gzip.header("content-encoding")).isEqualTo("gzip");
    assertThat(gzip.bytes().length).isLessThan(plain.bytes().length / 5);
    assertThat(node.send("HEAD", "/_events", "").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=0|limit: not a whole number from 1 to 1000",
        "limit=1001|limit: not a whole number from 1 to 1000",
        "limit=x|limit: not a whole number from 1 to 1000",
        "limit=99999999999999999999|limit: not a whole number from 1 to 1000",
        "before=0|before: not a whole number from 1 on",
        "before=-1|before: not a whole number from 1 on",
        "before=|before: not a whole number from 1 on",
        "type=gone|type: not one of registered, updated, moved, expired, dropped, deregistered, drained, silent, not_silent, ready",
        "id=1|id: an id names an instance of a service, so service is needed",
        "service=|service: the service is empty",
        "service=_x|service: the service begins with '_', which is reserved",
        "service=s&id=%2F|id: the id contains '/'",
        "origin=|origin: a node's name must be 1 to 255 printable ASCII characters without ';'",
        "service=s&service=t|service is given twice",
        "every|every: a parameter of streams of events only",
        "wait=5|wait: not a parameter of GET /_events"
      })
  void aParameterThatIsNotUnderstoodIsRefused(String query, String detail) {
    JsonObject problem = node.get("/_events?" + query).isProblem(400, "invalid-query");
    assertThat(problem.getString("detail")).isEqualTo(detail);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=5|limit: not a parameter of streams of events",
        "before=5|before: not a parameter of streams of events",
        "type=gone|type: not one of registered, updated, moved, expired, dropped, deregistered, drained, silent, not_silent, ready"
      })
  void aParameterOfListsIsRefusedForAStream(String query, String detail) {
    JsonObject problem =
        node.get("/_events?" + query, "Accept: text/event-stream").isProblem(400, "invalid-query");
    assertThat(problem.getString("detail")).isEqualTo(detail);
  }

  @Test
  void oneEventHasTheDocumentsBeforeAndAfterIt() {
    live();
    JsonObject registered = node.get("/_events/2").json();
    assertThat(registered.getJsonObject("event"))
        .isEqualTo(events("?type=registered").get(0));
    assertThat(registered.getValue("before")).isNull();
    assertThat(registered.getJsonObject("after").getInteger("n")).isEqualTo(1);
    JsonObject updated = node.get("/_events/3").json();
    assertThat(updated.getJsonObject("before").getInteger("n")).isEqualTo(1);
    assertThat(updated.getJsonObject("after").getInteger("n")).isEqualTo(2);
    JsonObject gone = node.get("/_events/4").json();
    assertThat(gone.getJsonObject("before").getInteger("n")).isEqualTo(2);
    assertThat(gone.getValue("after")).isNull();
    assertThat(node.get("/_events/1").json().getJsonObject("event").getString("type"))
        .isEqualTo("ready");
  }

  @Test
  void anEventThatIsNotThereIsAProblemThatSaysWhy() {
    register(1, 1_500);
    assertThat(detail("1600")).isEqualTo("there has been no such event yet: the last one is 1501");
    assertThat(detail("2"))
        .isEqualTo("the event is not kept any more: from 502 on all are,"
            + " but for those that later events of the same instance stand for");
    for (String other : List.of("0", "-1", "x", "1.0", "99999999999999999999", "%31")) {
      assertThat(detail(other)).isEqualTo("not the number of an event: 1, 2, 3 …");
    }
  }

  private String detail(String number) {
    return node.get("/_events/" + number).isProblem(404, "unknown-event").getString("detail");
  }

  @Test
  void aNodeThatIsNotReadyHasAListButNoStream() {
    try (ServedNode starts = ServedNode.recovering()) {
      JsonObject list = starts.get("/_events").json();
      assertThat(list.getInteger("first")).isEqualTo(1);
      assertThat(list.getInteger("last")).isZero();
      assertThat(list.getJsonArray("events")).isEmpty();
      assertThat(starts.get("/_events/1").isProblem(404, "unknown-event").getString("detail"))
          .isEqualTo("there has been no event yet");
      starts.get("/_events", "Accept: text/event-stream").isProblem(503, "recovering");
    }
  }

  @Test
  void theStatusAndTheMetricsHaveTheBoundsOfTheHistory() {
    live();
    JsonObject status = node.status();
    JsonObject history = status.getJsonObject("history");
    assertThat(history.getInteger("first")).isEqualTo(1);
    assertThat(history.getInteger("last")).isEqualTo(4);
    assertThat(history.getLong("since")).isPositive();
    assertThat(history.getJsonObject("events").getInteger("updated")).isEqualTo(1);
    assertThat(status.getInteger("flapping")).isZero();
    for (int i = 0; i < 6; i++) {
      live();
    }
    assertThat(node.status().getInteger("flapping")).isEqualTo(1);
    assertThat(node.document("/_metrics"))
        .contains(
            "hera_flapping_instances 1.0",
            "hera_events_total{type=\"deregistered\"} 7.0",
            "hera_events_total{type=\"expired\"} 0.0");
  }
}

package io.hera.security;

import static io.hera.testkit.Tokens.ALL;
import static io.hera.testkit.Tokens.METRICS;
import static io.hera.testkit.Tokens.OPERATOR;
import static io.hera.testkit.Tokens.READER;
import static io.hera.testkit.Tokens.WRITER;
import static io.hera.testkit.Tokens.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.EventClient;
import io.hera.testkit.Line;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.hera.testkit.Tokens;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Attacks D1 to D3 and D7: lists, tags, waits and streams show only what the client may read. */
class VisibleTest {
  private ServedNode node;

  @BeforeEach
  void start() {
    node = served();
  }

  private static ServedNode served() {
    ServedNode started = ServedNode.ready();
    started.access.set(Tokens.rules(Tokens.FILE));
    put(started, "/billing-a/1", "{\"host\":\"a.example\",\"port\":1}");
    return started;
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private static void put(ServedNode at, String target, String document) {
    at.send("PUT", target, document, bearer(ALL)).isDone();
  }

  private Reply get(String target, String... headers) {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 1);
    all[headers.length] = bearer(READER);
    return node.get(target, all);
  }

  private static Map<String, String> proof(String token) {
    return Map.of("Authorization", "Bearer " + token);
  }

  @Test
  void d1ListsAreTheSameWithAndWithoutHiddenServices() {
    List<Reply> before = lists();
    put(node, "/orders/1", "{\"host\":\"b.example\",\"port\":2}");
    put(node, "/billing/1", "{\"host\":\"c.example\",\"port\":3}");
    List<Reply> after = lists();
    for (int i = 0; i < before.size(); i++) {
      assertThat(after.get(i).body()).isEqualTo(before.get(i).body()).contains("billing-a");
      assertThat(after.get(i).header("hera-filtered")).isEqualTo("true");
      assertThat(after.get(i).header("etag")).isEqualTo(before.get(i).header("etag"));
    }
    assertThat(before.get(0).body()).isEqualTo("{\"billing-a\":{\"instances\":1}}");
  }

  private List<Reply> lists() {
    return List.of(
        get("/"),
        get("/_export"),
        get("/_export", "Accept: application/x-ndjson"),
        get("/_sd/prometheus"),
        get("/_sd/traefik"));
  }

  @Test
  void d1TargetsOfAHiddenServiceAreRefused() {
    get("/_sd/prometheus?service=orders").isProblem(403, "forbidden");
    get("/_sd/prometheus?%73ervice=orders").isProblem(403, "forbidden");
    get("/_sd/prometheus?service=billing-a&service=orders").isProblem(400, "invalid-query");
    assertThat(get("/_sd/prometheus?service=billing-a").body()).contains("a.example:1");
  }

  @Test
  void d1ConfigurationsForTraefikAreThoseOfTheReader() {
    get("/_sd/traefik?service=orders").isProblem(403, "forbidden");
    get("/_sd/traefik?service=billing-a&service=orders").isProblem(403, "forbidden");
    put(node, "/orders/1", "{\"host\":\"b.example\",\"port\":2}");
    assertThat(node.get("/_sd/traefik", bearer(ALL)).body()).contains("a.example", "b.example");
    assertThat(get("/_sd/traefik").body()).contains("a.example").doesNotContain("b.example");
  }

  @Test
  void d1LinesOfAHiddenServiceAreRefused() {
    get("/_sd/lines?service=orders&line=x").isProblem(403, "forbidden");
    get("/_sd/lines?%73ervice=orders&line=x&wait=5m").isProblem(403, "forbidden");
    get("/_sd/lines?line=x").isProblem(400, "invalid-query");
    assertThat(get("/_sd/lines?service=billing-a&line={host}").body()).isEqualTo("a.example\n");
  }

  @Test
  void d1AListOfAllServicesIsNotMarked() {
    assertThat(node.get("/", bearer(ALL)).header("hera-filtered")).isEmpty();
    assertThat(node.get("/_export", bearer(OPERATOR)).header("hera-filtered")).isEmpty();
    assertThat(get("/billing-a").header("hera-filtered")).isEmpty();
  }

  @Test
  void d2TheTagOfAListFollowsTheReadableServicesOnAllNodesAlike() {
    String first = get("/").header("etag");
    try (ServedNode other = served()) {
      put(other, "/orders/1", "{}");
      assertThat(other.get("/", bearer(READER)).header("etag")).isEqualTo(first);
      put(node, "/billing-b/1", "{}");
      put(other, "/billing-b/1", "{}");
      String second = get("/").header("etag");
      assertThat(second).isNotEqualTo(first);
      assertThat(other.get("/", bearer(READER)).header("etag")).isEqualTo(second);
    }
    node.send("DELETE", "/billing-b/1", "", bearer(ALL)).isDone();
    assertThat(get("/").header("etag")).isEqualTo(first);
    assertThat(get("/", "If-None-Match: " + first).status()).isEqualTo(304);
    put(node, "/billing-a/1", "{\"host\":\"changed\"}");
    assertThat(get("/").header("etag")).isNotEqualTo(first);
  }

  @Test
  void d2AWaitIsWokenByReadableServicesOnly() {
    String etag = get("/").header("etag");
    try (Line waiting = node.line()) {
      waiting.write(
          Line.request("GET", "/?wait=60s", new byte[0], bearer(READER), "If-None-Match: " + etag));
      io.hera.testkit.Eventually.passes(
          () -> assertThat(status().getInteger("watchers")).isEqualTo(1));
      put(node, "/orders/1", "{}");
      put(node, "/billing-b/1", "{}");
      Reply woken = waiting.read("GET");
      assertThat(woken.json().fieldNames()).containsExactly("billing-a", "billing-b");
      assertThat(woken.header("hera-filtered")).isEqualTo("true");
    }
  }

  private JsonObject status() {
    return node.get("/_status", bearer(OPERATOR)).json();
  }

  @Test
  void d2AStreamHasReadableServicesOnly() {
    put(node, "/orders/1", "{}");
    try (EventClient stream = new EventClient(node.port(), "/", "", proof(READER))) {
      assertThat(stream.response().headers().firstValue("hera-filtered")).hasValue("true");
      EventClient.Event snapshot = stream.next();
      assertThat(snapshot.type()).isEqualTo("snapshot");
      assertThat(snapshot.json().fieldNames()).containsExactly("billing-a");
      put(node, "/orders/2", "{}");
      put(node, "/billing-b/1", "{\"x\":1}");
      assertThat(stream.next().json().getString("service")).isEqualTo("billing-b");
    }
  }

  @Test
  void d3TheLastIdOfAnotherStreamBringsOwnEventsOnly() {
    String lastId;
    try (EventClient stream = new EventClient(node.port(), "/", "", proof(ALL))) {
      stream.next();
      put(node, "/orders/1", "{}");
      stream.next();
      lastId = stream.lastId();
    }
    put(node, "/orders/2", "{}");
    put(node, "/billing-b/1", "{}");
    try (EventClient stream = new EventClient(node.port(), "/", lastId, proof(READER))) {
      assertThat(stream.next().json().getString("service")).isEqualTo("billing-b");
    }
  }

  @Test
  void d3NoPageIsSharedWithAClientThatMayReadMore() {
    for (int i = 0; i < 300; i++) {
      put(node, "/orders-" + i + "/1", "{}");
    }
    Reply all = node.get("/", bearer(ALL), "Accept-Encoding: gzip");
    assertThat(all.header("content-encoding")).isEqualTo("gzip");
    assertThat(get("/", "If-None-Match: " + all.header("etag")).status()).isEqualTo(200);
    assertThat(get("/", "Accept-Encoding: gzip").json().fieldNames()).containsExactly("billing-a");
    assertThat(get("/?pretty").json().fieldNames()).containsExactly("billing-a");
  }

  @Test
  void d3SetsOfServicesAreKeptApart() {
    String other = Tokens.make();
    put(node, "/orders/1", "{}");
    node.access.set(Tokens.rules(Tokens.FILE + Tokens.entry("o", "read orders", other)));
    assertThat(get("/").json().fieldNames()).containsExactly("billing-a");
    assertThat(node.get("/", bearer(other)).json().fieldNames()).containsExactly("orders");
    assertThat(get("/").json().fieldNames()).containsExactly("billing-a");
  }

  @Test
  void d7StatusAndMetricsNeedTheirOwnRights() {
    Map<String, List<Integer>> expected =
        Map.of(WRITER, List.of(403, 403), METRICS, List.of(403, 200), OPERATOR, List.of(200, 200));
    expected.forEach((token, statuses) -> {
      Reply status = node.get("/_status", bearer(token));
      Reply metrics = node.get("/_metrics", bearer(token));
      assertThat(List.of(status.status(), metrics.status())).isEqualTo(statuses);
      for (String secret :
          List.of(WRITER, METRICS, OPERATOR, Tokens.hash(OPERATOR).substring(7))) {
        assertThat(status.body() + metrics.body()).doesNotContain(secret);
      }
    });
    assertThat(node.get("/_metrics", bearer(METRICS)).body())
        .contains(
            "hera_access_info{checksum=\"",
            "hera_security{access=\"limited\",plaintext=\"refused\",tls=\"none\"} 1.0",
            "hera_access_reload_failed_total 0.0")
        .containsPattern("hera_requests_judged_total\\{result=\"forbidden\"\\} [1-9]");
  }
}

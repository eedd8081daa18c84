package io.hera.security;

import static io.hera.testkit.Tokens.ALL;
import static io.hera.testkit.Tokens.READER;
import static io.hera.testkit.Tokens.WRITER;
import static io.hera.testkit.Tokens.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Line;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.hera.testkit.Tokens;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks B1 to B8 and C1 to C3: services that the client may not read or write, by any spelling. */
class ScopesTest {
  private ServedNode node;

  @BeforeEach
  void start() {
    node = ServedNode.ready();
    node.access.set(Tokens.rules(Tokens.FILE));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private Reply put(String target, String token) {
    return node.send("PUT", target, "{}", bearer(token));
  }

  private void forbidden(Reply reply, String needs) {
    assertThat(reply.isProblem(403, "forbidden").getString("needs")).isEqualTo(needs);
    assertThat(reply.header("www-authenticate"))
        .isEqualTo("Bearer realm=\"hera\", error=\"insufficient_scope\"");
  }

  private void nothingHappened() {
    JsonObject all = node.get("/", bearer(ALL)).json();
    assertThat(all.fieldNames()).isSubsetOf("billing");
  }

  @ParameterizedTest
  @CsvSource({
    "/billing2/1,billing2",
    "/bill/1,bill",
    "/Billing/1,Billing",
    "/billing%2D1/1,billing-1",
    "/%62illing2/1,billing2"
  })
  void b1AScopeIsExact(String target, String service) {
    put("/billing/1", WRITER).isDone();
    forbidden(put(target, WRITER), "write " + service);
    forbidden(node.send("DELETE", target, "", bearer(WRITER)), "write " + service);
    nothingHappened();
  }

  @Test
  void b1AScopeWithAStarIsAPrefix() {
    assertThat(node.get("/billing-a", bearer(READER)).status()).isEqualTo(200);
    assertThat(node.get("/billing-", bearer(READER)).status()).isEqualTo(200);
    forbidden(node.get("/billing", bearer(READER)), "read billing");
    forbidden(put("/billing-a/1", READER), "write billing-a");
  }

  @Test
  void b2ANameIsJudgedAsItIsWritten() {
    put("/b%69lling/1", WRITER).isDone();
    assertThat(node.get("/billing/1", bearer(WRITER)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/billing/../orders/1",
        "/billing%2F..%2Forders/1",
        "//billing/1",
        "/./billing/1",
        "/billing%00/1",
        "/%C0%AF/1",
        "/%2562illing/1",
        "/billing/1/2",
        "/..%2forders/1"
      })
  void b3AnotherSpellingOfAPathReachesNothing(String target) {
    assertThat(put(target, WRITER).status()).as(target).isIn(400, 403);
    nothingHappened();
  }

  @Test
  void b4OtherFormsOfARequestAreJudgedByTheirPath() {
    put("http://other.example/billing/1", WRITER).isDone();
    forbidden(put("http://billing/orders/1", WRITER), "write orders");
    node.send("GET", "*", "", bearer(WRITER)).isProblem(400, "invalid-path");
    assertThat(node.raw("CONNECT hera:1 HTTP/1.1\r\nHost: hera\r\n" + bearer(WRITER) + "\r\n\r\n")
            .status())
        .isEqualTo(400);
    node.send("GET", "/billing", "", bearer(WRITER), "X-HTTP-Method-Override: DELETE");
    for (String method : List.of("PATCH", "POST")) {
      node.send(method, "/billing/1", "{}", bearer(WRITER)).isProblem(405, "method-not-allowed");
    }
    assertThat(node.get("/billing/1", bearer(WRITER)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%5Fdeltas?a=0",
        "/_%64eltas?a=0",
        "/_health/../_deltas?a=0",
        "/_health/live/..%2f_deltas?a=0",
        "/_deltas/?a=0",
        "/_deltas;a?a=0",
        "//_deltas?a=0",
        "/_DELTAS?a=0",
        "/./_deltas?a=0",
        "/_health/live/../../_deltas?a=0"
      })
  void b5GossipIsNotAnsweredByAnotherSpelling(String target) {
    for (String token : List.of(WRITER, ALL)) {
      Reply reply = node.get(target, bearer(token));
      assertThat(reply.status()).as(target).isIn(400, 403, 404);
      assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
    }
    assertThat(node.get(target).status()).as(target).isEqualTo(401);
  }

  @Test
  void b6NamesAreComparedByTheirCharacters() {
    String composed = Tokens.make();
    String star = Tokens.make();
    node.access.set(Tokens.rules(Tokens.FILE
        + Tokens.entry("c", "read caf%C3%A9", composed)
        + Tokens.entry("s", "read %2A", star)));
    assertThat(node.get("/caf%C3%A9", bearer(composed)).status()).isEqualTo(200);
    forbidden(node.get("/cafe%CC%81", bearer(composed)), "read cafe%CC%81");
    assertThat(node.get("/*", bearer(star)).status()).isEqualTo(200);
    forbidden(node.get("/a", bearer(star)), "read a");
    forbidden(node.get("/**", bearer(star)), "read %2A%2A");
  }

  @Test
  void b7ARefusalDoesNotSayWhetherAServiceExists() {
    Reply before = node.get("/orders", bearer(WRITER));
    Reply beforeOne = node.get("/orders/1", bearer(WRITER));
    put("/orders/1", ALL).isDone();
    String etag = node.get("/orders", bearer(ALL)).header("etag");
    forbidden(before, "read orders");
    node.asked.reset();
    for (List<String> headers : List.of(
        List.of("If-None-Match: *"),
        List.of("If-None-Match: " + etag),
        List.of("Accept: text/event-stream"),
        List.of("If-Match: *"))) {
      Reply now = node.get("/orders?wait=5m", bearer(WRITER), headers.get(0));
      assertThat(now.bytes()).isEqualTo(before.bytes());
      assertThat(now.status()).isEqualTo(403);
    }
    assertThat(node.get("/orders/1", bearer(WRITER)).bytes()).isEqualTo(beforeOne.bytes());
    assertThat(node.send("HEAD", "/orders", "", bearer(WRITER)).status()).isEqualTo(403);
    assertThat(node.asked.calls()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "billing-a&service=orders,orders",
    "orders&service=billing-a,orders",
    "billing-a&%73ervice=%6Frders,orders",
    "orders,orders",
    "billing-a&service=billing&service=billing-b,billing",
    "caf%C3%A9&service=billing-a,caf%C3%A9"
  })
  void b7EachServiceThatAQueryNamesIsJudged(String query, String service) {
    put("/orders/1", ALL).isDone();
    for (String accept : List.of("application/json", "text/event-stream")) {
      Reply refused = node.get("/?service=" + query, bearer(READER), "Accept: " + accept);
      forbidden(refused, "read " + service);
      assertThat(node.get("/?service=" + query).status()).isEqualTo(401);
    }
    assertThat(node.send("HEAD", "/?service=" + query, "", bearer(READER)).status())
        .isEqualTo(403);
  }

  @Test
  void b7AQueryThatNamesReadableServicesShowsThemAlone() {
    put("/orders/1", ALL).isDone();
    put("/billing-a/1", ALL).isDone();
    put("/billing-b/1", ALL).isDone();
    Reply reply = node.get("/?service=billing-a&service=billing-c", bearer(READER));
    assertThat(reply.body()).isEqualTo("{\"billing-a\":{\"1\":{}}}");
    assertThat(reply.header("hera-filtered")).isEmpty();
    String many = IntStream.range(0, 201)
        .mapToObj(i -> "service=orders" + i)
        .collect(Collectors.joining("&"));
    node.get("/?" + many, bearer(READER)).isProblem(400, "invalid-query");
  }

  @Test
  void b8ARefusedWriteIsNotRead() {
    forbidden(put("/orders/1?ttl=soon", WRITER), "write orders");
    String head = "PUT /orders/1 HTTP/1.1\r\nHost: a\r\n" + bearer(WRITER) + "\r\n";
    try (Line line = node.line()) {
      line.write(head + "Content-Length: 5242880\r\n\r\n");
      forbidden(line.readAny("PUT"), "write orders");
    }
    try (Line line = node.line()) {
      line.write(head + "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n");
      Reply refused = line.readAny("PUT");
      forbidden(refused, "write orders");
      assertThat(refused.header("connection")).isEqualTo("close");
    }
    nothingHappened();
  }

  @Test
  void b8ARecoveringNodeRefusesAsAnyOther() {
    try (ServedNode recovering = ServedNode.recovering()) {
      recovering.access.set(Tokens.rules(Tokens.FILE));
      forbidden(recovering.send("PUT", "/orders/1", "{}", bearer(WRITER)), "write orders");
      forbidden(recovering.get("/orders", bearer(WRITER)), "read orders");
      recovering.send("PUT", "/billing/1", "{}", bearer(WRITER)).isProblem(503, "recovering");
    }
  }

  @Test
  void c1ABatchRegistersWhatIsInScopeAndNamesTheOthers() {
    put("/orders/1", ALL).isDone();
    String etag = node.get("/orders", bearer(ALL)).header("etag");
    String body = "{\"billing\":{\"1\":{}},\"orders\":{\"1\":{\"x\":1},\"2\":7}}";
    JsonObject reply = node.send("POST", "/_batch", body, bearer(WRITER)).json();
    assertThat(reply)
        .isEqualTo(new JsonObject()
            .put("errors", new JsonObject())
            .put("forbidden", new JsonArray(List.of("orders"))));
    assertThat(node.get("/orders", bearer(ALL)).header("etag")).isEqualTo(etag);
    assertThat(node.get("/billing/1", bearer(WRITER)).status()).isEqualTo(200);
  }

  @Test
  void c1LinesOutOfScopeAreLeftOut() {
    String body = """
        {"service":"billing","id":"1","document":{}}
        {"service":"orders","id":"1","document":{}}
        {}
        """;
    JsonObject reply = node.send(
            "POST", "/_batch", body, bearer(WRITER), "Content-Type: application/x-ndjson")
        .json();
    assertThat(reply.getJsonArray("forbidden")).isEqualTo(new JsonArray(List.of("orders")));
    assertThat(reply.getJsonObject("errors").getJsonObject("").fieldNames())
        .containsExactly("line 3");
    nothingHappened();
  }

  @Test
  void c1ABatchOfAReaderIsRefusedBeforeItsBody() {
    try (Line line = node.line()) {
      line.write("POST /_batch HTTP/1.1\r\nHost: a\r\n" + bearer(READER)
          + "\r\nContent-Length: 4194304\r\n\r\n");
      forbidden(line.readAny("POST"), "write");
    }
  }

  @Test
  void c2ServicesOfABatchAreJudgedAsTheyAreDecoded() {
    String body = "{\"b\\u0069lling\":{\"1\":{}},\"billing\":{\"2\":{}},\"orders\":{}}";
    JsonObject reply = node.send("POST", "/_batch", body, bearer(WRITER)).json();
    assertThat(reply
            .getJsonObject("errors")
            .getJsonObject("billing")
            .getJsonObject("")
            .getInteger("status"))
        .isEqualTo(400);
    assertThat(reply.containsKey("forbidden")).isFalse();
  }

  @Test
  void c3AHeartbeatDoesNotSayWhichForeignInstancesLive() {
    node.send("PUT", "/orders/1?ttl=60s", "{}", bearer(ALL)).isDone();
    put("/billing/1", WRITER).isDone();
    long expires = expiresIn();
    Reply living = heartbeat("{\"billing\":[\"1\",\"2\"],\"orders\":[\"1\"]}");
    Reply unknown = heartbeat("{\"billing\":[\"1\",\"2\"],\"orders\":[\"7\"]}");
    assertThat(living.bytes()).isEqualTo(unknown.bytes());
    assertThat(living.body())
        .isEqualTo("{\"unknown\":{\"billing\":[\"2\"]},\"forbidden\":[\"orders\"]}");
    assertThat(expiresIn()).isLessThanOrEqualTo(expires);
  }

  private long expiresIn() {
    return Long.parseLong(node.get("/orders/1", bearer(ALL)).header("hera-expires-in"));
  }

  private Reply heartbeat(String body) {
    return node.send("POST", "/_heartbeat?ttl=600s", body, bearer(WRITER));
  }

  @Test
  void c3ManyForeignItemsGetAShortReply() {
    String one = IntStream.range(0, 100_000)
        .mapToObj(i -> "\"" + i + "\"")
        .collect(Collectors.joining(",", "{\"orders\":[", "]}"));
    assertThat(heartbeat(one).body()).isEqualTo("{\"unknown\":{},\"forbidden\":[\"orders\"]}");
    String many = IntStream.range(0, 100_000)
        .mapToObj(i -> "\"s" + i + "\":[\"1\"]")
        .collect(Collectors.joining(",", "{", "}"));
    assertThat(heartbeat(many).bytes().length).isBetween(100, 1_024);
  }
}

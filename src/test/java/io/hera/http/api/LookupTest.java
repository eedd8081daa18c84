package io.hera.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Line;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading one instance, one service and the list of services. */
class LookupTest {
  @AutoClose
  private static final ServedNode node = ServedNode.ready();

  @Test
  void anInstanceComesWithItsOriginAndRemainingTtl() {
    node.register("/one/1", "{\"n\":1}");
    Reply reply = node.get("/one/1");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo("{\"n\":1}");
    assertThat(reply.header("content-type")).isEqualTo("application/json; charset=utf-8");
    assertThat(reply.header("hera-origin")).isEqualTo("a");
    assertThat(Long.parseLong(reply.header("hera-expires-in"))).isBetween(280L, 300L);
  }

  @Test
  void anUnknownInstanceIsAProblem() {
    node.register("/known/1", "{}");
    node.get("/known/2").isProblem(404, "unknown-instance");
    node.get("/unknown/1").isProblem(404, "unknown-instance");
  }

  @Test
  void anUnknownServiceIsEmpty() {
    assertThat(node.document("/nothing-here")).isEqualTo("{}");
    assertThat(node.document("/nothing-here?pretty")).isEqualTo("{}");
  }

  @Test
  void instancesComeInTheOrderOfTheirBytes() {
    for (String id :
        new String[] {"b", "a", "%F0%9F%98%80", "B", "%EF%BF%BD", "10", "9", "a%22b"}) {
      node.register("/order/" + id, "{}");
    }
    assertThat(node.document("/order"))
        .isEqualTo("{\"10\":{},\"9\":{},\"B\":{},\"a\":{},\"a\\\"b\":{},\"b\":{},"
            + "\"\ufffd\":{},\"\ud83d\ude00\":{}}");
  }

  @Test
  void servicesComeWithTheirNumberOfInstancesInTheOrderOfTheirBytes() {
    try (ServedNode own = ServedNode.ready()) {
      assertThat(own.document("/")).isEqualTo("{}");
      own.register("/storage/1", "{}");
      own.register("/storage/2", "{}");
      own.register("/Storage/1", "{}");
      own.register("/say%22%22/1", "{}");
      assertThat(own.document("/"))
          .isEqualTo("{\"Storage\":{\"instances\":1},\"say\\\"\\\"\":{\"instances\":1},"
              + "\"storage\":{\"instances\":2}}");
      assertThat(own.document("/?pretty"))
          .startsWith("{\n  \"Storage\": {\n    \"instances\": 1\n  }, \n  \"say");
    }
  }

  @Test
  void prettyGivesThe2012ExampleByteForByte() {
    node.register(
        "/storage/1f11bbbb-df7a-47c5-8ba7-662f70261673",
        "{\"host\":\"10.1.1.1\", \"port\": 12345, \"updated_at\": \"2012-12-18T13:27:01Z\"}");
    assertThat(node.document("/storage?pretty")).isEqualTo("""
            {
              "1f11bbbb-df7a-47c5-8ba7-662f70261673": {
                "host": "10.1.1.1",\s
                "port": 12345,\s
                "updated_at": "2012-12-18T13:27:01Z"
              }
            }""");
  }

  @Test
  void prettyChangesNoTokenAndNoWhiteSpaceInStrings() {
    node.register("/tokens/a%22:,b", "{\"x\":[1.10,1e300,{}, [ ]],\"s\":\"a, b: {\\\"}\"}");
    assertThat(node.document("/tokens/a%22:,b?pretty"))
        .isEqualTo("{\n  \"x\": [\n    1.10, \n    1e300, \n    {}, \n    []\n  ], \n"
            + "  \"s\": \"a, b: {\\\"}\"\n}");
    assertThat(node.document("/tokens?pretty=1")).startsWith("{\n  \"a\\\":,b\": {\n    \"x\": [");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?pretty=false",
        "?pretty=0",
        "?",
        "?prettyish",
        "?a=b&c",
        "?&&",
        "?pretty;x",
        "?wait=30s&matches=a:b",
        "?%zz",
        "?PRETTY"
      })
  void whateverElseIsAskedForTheAnswerIsCompact(String query) {
    node.register("/compact/1", "{\"n\":1}");
    assertThat(node.document("/compact" + query)).isEqualTo("{\"1\":{\"n\":1}}");
    assertThat(node.document("/compact/1" + query)).isEqualTo("{\"n\":1}");
  }

  /** A client that sends such a parameter expects an effect. */
  @ParameterizedTest
  @CsvSource({
    "GET, /s?ttl=5, ttl",
    "GET, /s/1?match=a:b, match",
    "GET, /s/1?ttl=5, ttl",
    "HEAD, /s/1?ttl=5, ttl",
    "GET, /?match=a:b, match",
    "GET, /s?service=s, service",
    "PUT, /s/1?wait=5, wait",
    "PUT, /s/1?pretty, pretty",
    "DELETE, /s/1?ttl=5, ttl",
    "POST, /_batch?pretty, pretty",
    "POST, /_heartbeat?match=a:b, match",
    "GET, /_export?service=s, service",
    "GET, /_status?pretty, pretty",
    "GET, /_sd/prometheus?match=a:b, match",
    "GET, /_health/ready?wait=5, wait",
    "GET, /_openapi.yaml?pretty, pretty",
    "GET, /_metrics?service=s, service",
    "GET, /s?x=1&%74tl=5, ttl"
  })
  void aParameterThatOnlyAnotherEndpointKnowsIsRefused(String method, String target, String name) {
    Reply reply = node.send(method, target, "");
    assertThat(reply.status()).isEqualTo(400);
    if (!method.equals("HEAD")) {
      assertThat(reply.isProblem(400, "invalid-query").getString("detail"))
          .startsWith(name + ": not a parameter of " + method);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/s?_=1", "/s/1?utm=x", "/_deltas?ttl=0&wait=5", "/_status?x", "/_export?a=b"})
  void aParameterThatNoEndpointKnowsIsIgnored(String target) {
    node.register("/s/1", "{}");
    assertThat(node.get(target).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?pretty",
        "?%70retty",
        "?pretty=",
        "?pretty=true",
        "?pretty=1",
        "?x=1&pretty",
        "?pretty&x"
      })
  void prettyIsAskedForInManyWays(String query) {
    node.register("/laid-out/1", "{\"n\":1}");
    assertThat(node.document("/laid-out/1" + query)).isEqualTo("{\n  \"n\": 1\n}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/headed",
        "/headed?pretty",
        "/headed/1",
        "/headed/1?pretty",
        "/none",
        "/headed/none",
        "/_x",
        "/a/b/c",
        "/_health/live",
        "/_health/ready",
        "/_deltas?a=x",
        "/_deltas?a=1"
      })
  void headHasTheHeadersOfGetAndNoBody(String target) {
    node.register("/headed/1", "{\"n\":1}");
    Reply get = node.get(target);
    try (Line line = node.line()) {
      Reply head = line.send("HEAD", target, "");
      assertThat(head.status()).isEqualTo(get.status());
      assertThat(lasting(head)).isEqualTo(lasting(get));
      assertThat(Integer.parseInt(head.header("content-length"))).isEqualTo(get.bytes().length);
      line.send("DELETE", "/headed/another", "").isDone();
    }
  }

  /** Two replies may differ in the time, and in the last change, which gets into the log a little later than into answers. */
  private static Map<String, String> lasting(Reply reply) {
    Map<String, String> headers = new HashMap<>(reply.headers());
    for (String name : List.of("date", "hera-change", "hera-uptime")) {
      headers.computeIfPresent(name, (same, value) -> "any");
    }
    return headers;
  }

  @Test
  void aLargeServiceArrivesWhole() {
    String document = "{\"pad\":\"" + "x".repeat(60_000) + "\"}";
    for (int i = 0; i < 40; i++) {
      node.register("/large/" + i, document);
    }
    assertThat(node.get("/large").bytes()).hasSize(2 + 39 + 40 * (document.length() + 3) + 70);
    assertThat(node.get("/large?pretty").json().fieldNames()).hasSize(40);
  }
}

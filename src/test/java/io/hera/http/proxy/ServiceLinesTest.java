package io.hera.http.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Line;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lines for the configuration of proxies. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class ServiceLinesTest {
  @AutoClose
  private final ServedNode node = ServedNode.ready();

  private static String target(String line, String more) {
    return "/_sd/lines?service=orders&line=" + URLEncoder.encode(line, UTF_8) + more;
  }

  private Reply get(String line, String more, String... headers) {
    return node.get(target(line, more), headers);
  }

  private JsonObject leftOut() {
    return node.status().getJsonObject("left_out").getJsonObject("lines");
  }

  @Test
  void eachInstanceHasALineInTheOrderOfIds() {
    node.register("/orders/b", "{\"host\":\"10.1.1.2\",\"port\":80,\"weight\":3}");
    node.register("/orders/a", "{\"address\":\"[fd00::1]:81\"}");
    node.register("/orders/c", "{\"host\":\"db.example.com\",\"port\":82,\"status\":\"ok\"}");
    node.register("/payments/a", "{\"host\":\"10.1.1.9\",\"port\":80}");
    Reply reply = get("server {host}:{port} weight={weight};", "");
    assertThat(reply.body()).isEqualTo("""
        server [fd00::1]:81 weight=1;
        server 10.1.1.2:80 weight=3;
        server db.example.com:82 weight=1;
        """);
    assertThat(reply.header("content-type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(node.send("HEAD", target("{host}", ""), "").header("etag")).startsWith("W/\"");
  }

  @Test
  void hiddenInstancesHaveNone() {
    node.register("/orders/a", "{\"host\":\"10.1.1.1\",\"status\":\"DRAIN\"}");
    node.register("/orders/b", "{\"host\":\"10.1.1.2\",\"zone\":\"ams\"}");
    node.register("/orders/c", "{\"host\":\"10.1.1.3\",\"zone\":\"fra\"}");
    node.send("PUT", "/_drain/orders/c", "{\"reason\":\"x\"}");
    assertThat(get("{host}", "").body()).isEqualTo("10.1.1.2\n");
    assertThat(get("{host}", "&match=zone:ams").body()).isEqualTo("10.1.1.2\n");
    assertThat(get("{host}", "&match=zone:fra").body()).isEmpty();
    assertThat(node.status().getJsonObject("left_out").fieldNames()).isEmpty();
  }

  /** An empty upstream is an error for nginx. */
  @Test
  void theLineElseIsThereWhenThereIsNoOther() {
    String down = "&else=server+127.0.0.1:9+down;";
    assertThat(get("{host}", "").body()).isEmpty();
    assertThat(get("{host}", down).body()).isEqualTo("server 127.0.0.1:9 down;\n");
    node.register("/orders/a", "{\"host\":\"10.1.1.1\",\"status\":\"down\"}");
    assertThat(get("{host}", down).body()).isEqualTo("server 127.0.0.1:9 down;\n");
    node.register("/orders/b", "{}");
    assertThat(get("{host}", down).body()).isEqualTo("server 127.0.0.1:9 down;\n");
    node.register("/orders/a", "{\"host\":\"10.1.1.1\"}");
    assertThat(get("{host}", down).body()).isEqualTo("10.1.1.1\n");
  }

  /** Documents belong to their clients, and the lines are the configuration of a proxy. */
  @Test
  void noDocumentGetsAnythingElseIntoALine() {
    node.register("/orders/a", "{\"host\":\"1.2.3.4;}\\nserver{\",\"port\":80}");
    node.register("/orders/b", "{\"host\":\"10.1.1.1\",\"port\":80,\"zone\":\"a;}\"}");
    node.register("/orders/c", "{\"host\":\"10.1.1.2\"}");
    node.register("/orders/d", "{\"host\":\"10.1.1.3\",\"port\":80}");
    node.register("/orders/e%3B%20", "{\"host\":\"10.1.1.4\",\"port\":80,\"zone\":\"ams\"}");
    assertThat(get("{host}:{port} {zone} # {id}", "").body()).isEqualTo("10.1.1.4:80 ams # e__\n");
    assertThat(leftOut())
        .isEqualTo(new JsonObject()
            .put("no-address", 1)
            .put("no-port", 1)
            .put("no-value", 1)
            .put("bad-value", 1));
    assertThat(node.get("/_metrics").body())
        .contains("hera_left_out_total{reason=\"bad-value\",way=\"lines\"} 1.0");
  }

  @Test
  void theTagIsOfTheContentAndOfTheTerms() {
    node.register("/orders/a", "{\"host\":\"10.1.1.1\"}");
    String etag = get("{host}", "").header("etag");
    assertThat(get("{host}", "", "If-None-Match: " + etag).status()).isEqualTo(304);
    assertThat(get("{host}!", "", "If-None-Match: " + etag).status()).isEqualTo(200);
    assertThat(get("{host}", "&else=x", "If-None-Match: " + etag).status()).isEqualTo(200);
    assertThat(get("{host}", "&else=", "If-None-Match: " + etag).status()).isEqualTo(200);
    node.register("/orders/a", "{ \"host\":\"10.1.1.1\"}");
    assertThat(get("{host}", "", "If-None-Match: " + etag).status()).isEqualTo(304);
    node.register("/orders/a", "{\"host\":\"10.1.1.2\"}");
    assertThat(get("{host}", "", "If-None-Match: " + etag).body()).isEqualTo("10.1.1.2\n");
    assertThat(get("{host}", "&match=host:10.1.1.2", "If-None-Match: " + etag).status())
        .isEqualTo(200);
  }

  @Test
  void aClientMayWaitForOtherLines() {
    node.register("/orders/a", "{\"host\":\"10.1.1.1\"}");
    String etag = get("{host}", "&wait=5m").header("etag");
    assertThat(get("{host}", "&wait=10ms", "If-None-Match: " + etag).status()).isEqualTo(304);
    try (Line waiting = node.line();
        Line other = node.line()) {
      String known = "If-None-Match: " + etag;
      waiting.write(Line.request("GET", target("{host}", "&wait=5m"), new byte[0], known));
      String listing = node.get("/orders").header("etag");
      other.write(Line.request("GET", "/orders?wait=5m", new byte[0], "If-None-Match: " + listing));
      node.awaitWatchers(2);
      node.register("/orders/b", "{\"host\":\"10.1.1.2\"}");
      assertThat(waiting.read("GET").body()).isEqualTo("10.1.1.1\n10.1.1.2\n");
      assertThat(other.read("GET").json().fieldNames()).containsExactly("a", "b");
    }
    assertThat(node.get("/_metrics").body()).contains("route=\"/_sd/lines?wait\"");
  }

  @Test
  void largeServicesHaveTheirLinesToo() {
    String pad = "x".repeat(200);
    for (int i = 1_000; i < 1_400; i++) {
      node.register("/orders/" + i, "{\"host\":\"h" + i + "\",\"pad\":\"" + pad + "\"}");
    }
    assertThat(get("{host}", "").body().lines()).hasSize(400).startsWith("h1000", "h1001");
    assertThat(get("{host}", "", "Accept-Encoding: gzip").header("content-encoding"))
        .isEqualTo("gzip");
  }

  @ParameterizedTest
  @CsvSource({
    "/_sd/lines, service",
    "/_sd/lines?service=s, line",
    "/_sd/lines?line=x, service",
    "/_sd/lines?service=&line=x, service",
    "/_sd/lines?service=s&line=, line",
    "/_sd/lines?service=s&line=%7B, line",
    "/_sd/lines?service=s&line=x&line=y, line",
    "/_sd/lines?service=s&line=%zz, line",
    "/_sd/lines?service=s&service=t&line=x, service",
    "/_sd/lines?service=s&line=x&match=y, match",
    "/_sd/lines?service=s&line=x&wait=y, wait",
    "/_sd/lines?service=s&line=x&quiet=2s, quiet",
    "/_sd/lines?service=s&line=x&near=a:b, near"
  })
  void aBadQueryIsRefusedWithTheNameOfTheParameter(String target, String name) {
    assertThat(node.get(target).isProblem(400, "invalid-query").getString("detail"))
        .startsWith(name);
  }

  @Test
  void aLongElseIsRefused() {
    node.get("/_sd/lines?service=s&line=x&else=" + "x".repeat(4_097))
        .isProblem(400, "invalid-query");
  }
}

package io.hera.http.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import java.net.URLEncoder;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration for Traefik, over HTTP. */
class TraefikConfigurationTest {
  private static final String RULE =
      "?rule=" + URLEncoder.encode("Host(`{service}.example.com`)", UTF_8);

  @AutoClose
  private final ServedNode node = ServedNode.ready();

  @Test
  void theSameServicesGiveTheSameBytesAndAnotherTagWhenTheyChange() {
    assertThat(node.get("/_sd/traefik").body()).isEqualTo("{}");
    node.register("/orders/b", "{\"host\":\"10.1.1.2\",\"port\":80}");
    node.register("/orders/a", "{\"host\":\"10.1.1.1\",\"port\":80}");
    Reply first = node.get("/_sd/traefik" + RULE);
    assertThat(first.header("content-type")).isEqualTo("application/json; charset=utf-8");
    TraefikDecoder.Decoded read = TraefikDecoder.decode(first.body());
    assertThat(read.rules()).isEqualTo(Map.of("orders", "Host(`orders.example.com`)"));
    assertThat(read.servers().get("orders"))
        .containsOnlyKeys("http://10.1.1.1:80", "http://10.1.1.2:80");
    String known = "If-None-Match: " + first.header("etag");
    assertThat(node.get("/_sd/traefik" + RULE, known).status()).isEqualTo(304);
    assertThat(node.get("/_sd/traefik", known).status()).isEqualTo(200);

    node.register("/orders/a", "{\"host\":\"10.1.1.1\",\"port\":80}");
    node.register("/orders/a", "{\"port\":80,\"host\":\"10.1.1.1\"}");
    assertThat(node.get("/_sd/traefik" + RULE, known).status()).isEqualTo(304);
    node.send("DELETE", "/orders/b", "").isDone();
    Reply changed = node.get("/_sd/traefik" + RULE, known);
    assertThat(TraefikDecoder.decode(changed.body()).servers().get("orders")).hasSize(1);
    node.register("/orders/b", "{\"host\":\"10.1.1.2\",\"port\":80}");
    assertThat(node.get("/_sd/traefik" + RULE).body()).isEqualTo(first.body());
  }

  @Test
  void onlyTheServicesThatAreNamedAreThere() {
    for (String service : new String[] {"a", "b", "c"}) {
      node.register("/" + service + "/1", "{\"host\":\"h\",\"port\":80}");
    }
    assertThat(servers("")).containsOnlyKeys("a", "b", "c");
    assertThat(servers("?service=a&service=c&service=x")).containsOnlyKeys("a", "c");
    assertThat(servers("?service=x")).isEmpty();
  }

  private Map<String, Map<String, Integer>> servers(String query) {
    return TraefikDecoder.decode(node.get("/_sd/traefik" + query).body()).servers();
  }

  @Test
  void drainedInstancesAreNotThereAndOthersAreCounted() {
    node.register("/a/1", "{\"host\":\"h\",\"port\":80}");
    node.register("/a/2", "{\"host\":\"i\",\"port\":80}");
    node.register("/a/3", "{\"host\":\"j\"}");
    node.send("PUT", "/_drain/a/1", "{\"reason\":\"x\"}");
    assertThat(servers("").get("a")).containsOnlyKeys("http://i:80");
    assertThat(
            node.status().getJsonObject("left_out").getJsonObject("traefik").getInteger("no-port"))
        .isEqualTo(1);
    assertThat(node.get("/_metrics").body())
        .contains("hera_left_out_total{reason=\"no-port\",way=\"traefik\"} 1.0");
  }

  @Test
  void manyServicesAreThereInByteOrder() {
    for (int i = 0; i < 1_200; i++) {
      node.register("/s" + i + "/1", "{\"host\":\"h\",\"port\":80}");
    }
    Reply reply = node.get("/_sd/traefik");
    assertThat(TraefikDecoder.decode(reply.body()).servers()).hasSize(1_200);
    assertThat(reply.body().indexOf("\"s10\"")).isLessThan(reply.body().indexOf("\"s2\""));
    assertThat(node.get("/_sd/traefik", "Accept-Encoding: gzip").header("content-encoding"))
        .isEqualTo("gzip");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?rule=",
        "?documents=x",
        "?entryPoints=a%20b",
        "?wait=5m",
        "?match=a:b",
        "?service=%zz"
      })
  void aBadQueryIsRefused(String query) {
    node.get("/_sd/traefik" + query).isProblem(400, "invalid-query");
  }
}

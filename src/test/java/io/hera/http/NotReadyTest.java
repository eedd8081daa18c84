package io.hera.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Line;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node answers that has just started: nothing that it does not know (P7). */
@Timeout(60)
class NotReadyTest {
  @AutoClose
  private final ServedNode node = ServedNode.recovering();

  private static void isRefused(Reply reply) {
    reply.isProblem(503, "recovering");
    assertThat(reply.header("retry-after")).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/?pretty",
        "/s",
        "/s?match=zone:ams",
        "/s?wait=5m",
        "/s/1",
        "/s/1?wait=5m",
        "/_export",
        "/_sd/prometheus",
        "/_sd/traefik",
        "/_sd/traefik?service=s",
        "/_sd/lines?service=s&line=x",
        "/_sd/lines?service=s&line=x&wait=5m"
      })
  void readsAreRefusedUntilTheNodeIsReady(String target) {
    isRefused(node.get(target));
    assertThat(node.send("HEAD", target, "").status()).isEqualTo(503);
    node.endRecovery();
    isRefused(node.get(target));
    node.synchronise();
    node.register("/s/1", "{\"zone\":\"ams\"}");
    assertThat(node.get(target).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/s", "/s/1"})
  void eventStreamsAreRefusedUntilTheNodeIsReady(String target) {
    node.endRecovery();
    isRefusedStream(target);
    isRefusedStream(target, "If-None-Match: \"x\"", "Prefer: wait=300");
  }

  /** Looks at the head first: the body of a stream would not end. */
  private void isRefusedStream(String target, String... headers) {
    String[] all = Stream.concat(Stream.of("Accept: text/event-stream"), Arrays.stream(headers))
        .toArray(String[]::new);
    try (Line line = node.line()) {
      line.write(Line.request("GET", target, new byte[0], all));
      assertThat(line.readHead().status()).isEqualTo(503);
    }
    isRefused(node.get(target, all));
  }

  @Test
  void aNodeTellsWhatItWaitsForAndAnswersPeersMeanwhile() {
    isDown("{\"recovered\":\"down\",\"synchronised\":\"down\"}");
    assertThat(node.get("/_deltas?a=0").body()).isEqualTo("{\"a\":[]}");
    assertThat(node.get("/_health/live").status()).isEqualTo(200);
    node.endRecovery();
    isDown("{\"recovered\":\"up\",\"synchronised\":\"down\"}");
    node.register("/s/1", "{}");
    assertThat(node.get("/_deltas?a=0").body()).startsWith("{\"a\":[[\"s\",\"1\",{},");
    node.synchronise();
    assertThat(node.get("/_health/ready").status()).isEqualTo(200);
    assertThat(node.status().getBoolean("ready")).isTrue();
  }

  private void isDown(String checks) {
    Reply health = node.get("/_health/ready");
    assertThat(health.status()).isEqualTo(503);
    assertThat(health.json())
        .isEqualTo(new JsonObject().put("status", "down").put("checks", new JsonObject(checks)));
    assertThat(node.status().getBoolean("ready")).isFalse();
  }

  @Test
  void aNodeThatStopsIsNotReadyInItsStatusEither() {
    node.recover();
    node.readiness.stop();
    assertThat(node.status().getBoolean("ready")).isFalse();
    node.register("/s/1", "{}");
    assertThat(node.document("/s")).isEqualTo("{\"1\":{}}");
  }

  @Test
  void aNodeThatRecoversRefusesWrites() {
    isRefused(node.put("/s/1", "{}"));
    isRefused(node.put("/s/1", ""));
    isRefused(node.send("DELETE", "/s/1", ""));
    node.put("/s/1", "nonsense").isProblem(400, "invalid-document");
  }

  @Test
  void aNodeThatHasRecoveredTakesWritesAndDoesNotSayThatAnInstanceIsUnknown() {
    node.endRecovery();
    isRefused(node.put("/s/1", ""));
    isRefused(node.send("POST", "/_heartbeat", "{\"s\":[\"1\"]}"));
    node.register("/s/1", "{}");
    node.register("/s/1", "");
    node.send("DELETE", "/s/2", "").isDone();
    node.synchronise();
    node.put("/s/2", "").isProblem(404, "unknown-instance");
    assertThat(node.document("/s")).isEqualTo("{\"1\":{}}");
  }
}

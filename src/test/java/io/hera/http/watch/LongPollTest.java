package io.hera.http.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.http.HttpLimits;
import io.hera.testkit.Line;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.hera.testkit.TestLimits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads that wait until a service differs from what the client knows. */
@Timeout(60)
class LongPollTest {
  @AutoClose
  private final ServedNode node = ServedNode.ready();

  @BeforeEach
  void start() {
    node.register("/s/1", "{\"zone\":\"ams\",\"updated_at\":1}");
  }

  /** Sends a read that waits; returns when {@code count} of them are parked. */
  private Line watch(String target, int count) {
    String tag = node.get(target.split("wait", 2)[0]).header("etag");
    Line line = node.line();
    line.write(Line.request("GET", target, new byte[0], "If-None-Match: " + tag));
    node.awaitWatchers(count);
    return line;
  }

  private int watchers() {
    return node.get("/_status").json().getInteger("watchers");
  }

  @Test
  void aChangeEndsTheWaitAndAHeartbeatDoesNot() {
    try (Line line = watch("/s?wait=5m", 1)) {
      node.register("/s/1", "{\"zone\":\"ams\",\"updated_at\":2}");
      node.register("/s/1", "");
      node.register("/other/1", "{}");
      node.get("/s");
      assertThat(watchers()).isEqualTo(1);
      node.register("/s/1", "{\"zone\":\"lon\",\"updated_at\":3}");
      Reply reply = line.read("GET");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body()).isEqualTo("{\"1\":{\"zone\":\"lon\",\"updated_at\":3}}");
      assertThat(reply.header("etag")).isEqualTo(node.get("/s").header("etag"));
      assertThat(watchers()).isZero();
    }
  }

  @Test
  void aNewOrDeletedInstanceEndsTheWait() {
    try (Line line = watch("/s?wait=5m", 1)) {
      node.register("/s/2", "{}");
      assertThat(line.read("GET").body()).contains("\"2\":{}");
    }
    try (Line line = watch("/s?wait=5m", 1)) {
      node.send("DELETE", "/s/1", "").isDone();
      assertThat(line.read("GET").body()).isEqualTo("{\"2\":{}}");
    }
    try (Line line = watch("/new?wait=5m", 1)) {
      node.register("/new/1", "{\"n\":1}");
      assertThat(line.read("GET").body()).isEqualTo("{\"1\":{\"n\":1}}");
    }
    try (Line line = watch("/?wait=5m", 1)) {
      node.register("/newer/1", "{}");
      assertThat(line.read("GET").body()).contains("\"newer\"");
    }
  }

  @Test
  void aReadOfOneInstanceWaitsToo() {
    try (Line line = watch("/s/1?wait=5m", 1)) {
      node.register("/s/1", "{\"zone\":\"ams\",\"updated_at\":2}");
      node.register("/s/2", "{}");
      assertThat(watchers()).isEqualTo(1);
      node.register("/s/1", "{\"zone\":\"lon\",\"updated_at\":3}");
      Reply reply = line.read("GET");
      assertThat(reply.body()).isEqualTo("{\"zone\":\"lon\",\"updated_at\":3}");
      assertThat(reply.header("etag")).isEqualTo(node.get("/s/1").header("etag"));
    }
    try (Line line = watch("/s/1?wait=5m", 1)) {
      node.send("DELETE", "/s/1", "").isDone();
      line.read("GET").isProblem(404, "unknown-instance");
    }
    String tag = node.get("/s/2").header("etag");
    Reply unchanged = node.get("/s/2?wait=100ms", "If-None-Match: " + tag);
    assertThat(unchanged.status()).isEqualTo(304);
    assertThat(unchanged.header("etag")).isEqualTo(tag);
    assertThat(unchanged.header("hera-origin")).isEqualTo("a");
    node.get("/s/none?wait=5m", "If-None-Match: " + tag).isProblem(404, "unknown-instance");
    assertThat(node.get("/s/2?wait=5m").status()).isEqualTo(200);
    assertThat(watchers()).isZero();
  }

  /** A wait that is too long for a number is the longest wait, not none. */
  @ParameterizedTest
  @ValueSource(
      strings = {"wait=99999999999", "wait=\"4294967296\"", "wait=999999999999999999999999999999"})
  void aLongWaitIsTheLongestWait(String preference) {
    for (String target : List.of("/s", "/s/1", "/")) {
      String tag = node.get(target).header("etag");
      try (Line line = node.line()) {
        line.write(Line.request(
            "GET", target, new byte[0], "If-None-Match: " + tag, "Prefer: " + preference));
        node.awaitWatchers(1);
        node.register("/s/1", "{\"changed\":\"" + target + "\"}");
        assertThat(line.read("GET").status()).isEqualTo(200);
      }
    }
  }

  @Test
  void aFilteredWaitEndsWhenAMatchingInstanceChanges() {
    try (Line line = watch("/s?match=zone:ams&wait=5m", 1)) {
      node.register("/s/2", "{\"zone\":\"lon\"}");
      node.register("/s/3", "{\"zone\":\"ams\"}");
      assertThat(line.read("GET").json().fieldNames()).containsExactly("1", "3");
    }
  }

  /** Whether a change concerns clients with the same filter is decided once, and the answer is read once. */
  @Test
  void clientsWithTheSameFilterShareAnAnswerAndSleepThroughOtherChanges() {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      lines.add(watch("/s?match=zone:ams&wait=5m", i + 1));
    }
    node.asked.reset();
    node.register("/s/2", "{\"zone\":\"lon\"}");
    node.register("/s/2", "{\"zone\":\"lon\",\"n\":1}");
    assertThat(watchers()).isEqualTo(20);
    node.register("/s/3", "{\"zone\":\"ams\"}");
    for (Line line : lines) {
      assertThat(line.read("GET").json().fieldNames()).containsExactly("1", "3");
      line.close();
    }
    // One for each of the two HTTP verticles, between which the connections are divided.
    assertThat(node.asked.calls().get("matching")).isBetween(1, 2);
  }

  /** A change of one instance is not looked at by those that wait for others. */
  @Test
  void clientsThatWaitForOneInstanceSleepThroughChangesOfOthers() {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      lines.add(watch("/s/1?wait=5m", i + 1));
    }
    node.asked.reset();
    node.register("/s/2", "{}");
    node.register("/s/1", "{\"zone\":\"lon\"}");
    for (Line line : lines) {
      assertThat(line.read("GET").status()).isEqualTo(200);
      line.close();
    }
    assertThat(node.asked.calls().get("find")).isBetween(1, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wait=1", "wait=100ms"})
  void aWaitInVainEndsWith304(String wait) {
    String tag = node.get("/s").header("etag");
    Reply reply = node.get("/s?" + wait, "If-None-Match: " + tag);
    assertThat(reply.status()).isEqualTo(304);
    assertThat(reply.header("etag")).isEqualTo(tag);
    assertThat(watchers()).isZero();
  }

  @Test
  void thePreferHeaderAsksForAWait() {
    String tag = node.get("/s").header("etag");
    try (Line line = node.line()) {
      line.write(Line.request(
          "GET", "/s", new byte[0], "If-None-Match: " + tag, "Prefer: respond-async, wait=300"));
      node.awaitWatchers(1);
      node.register("/s/2", "{}");
      assertThat(line.read("GET").status()).isEqualTo(200);
    }
    assertThat(node.get("/s", "If-None-Match: " + node.get("/s").header("etag"), "Prefer: wait=x")
            .status())
        .isEqualTo(304);
  }

  @Test
  void aClientWithoutTheCurrentTagDoesNotWait() {
    assertThat(node.get("/s?wait=5m").status()).isEqualTo(200);
    assertThat(node.get("/s?wait=5m", "If-None-Match: \"x\"").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wait=", "wait=x", "wait=-1", "wait=1&wait=2"})
  void aWaitThatIsNotADurationIsRefused(String wait) {
    node.get("/s?" + wait).isProblem(400, "invalid-query");
  }

  @Test
  void aClientThatDisconnectsIsForgotten() {
    try (Line line = watch("/s?wait=5m", 1)) {
      line.finish();
    }
    node.awaitWatchers(0);
  }

  @Test
  void oneChangeEndsTheWaitOfHundredsOfClients() {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      lines.add(watch("/s?wait=5m", i + 1));
    }
    node.register("/s/2", "{}");
    for (Line line : lines) {
      assertThat(line.read("GET").status()).isEqualTo(200);
      line.close();
    }
    assertThat(watchers()).isZero();
  }

  @Test
  void aNodeThatStopsRepliesToParkedRequests() {
    try (Line line = watch("/s?wait=5m", 1)) {
      node.close();
      assertThat(line.read("GET").status()).isEqualTo(304);
    }
  }

  @Test
  void aConnectionWithAParkedRequestIsNotIdle() {
    HttpLimits hasty = TestLimits.withTimeouts(ServedNode.LIMITS, 10_000, 200);
    try (ServedNode impatient = ServedNode.ready(hasty)) {
      String tag = impatient.get("/s").header("etag");
      assertThat(impatient.get("/s?wait=1", "If-None-Match: " + tag).status()).isEqualTo(304);
    }
  }
}

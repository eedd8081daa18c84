package io.hera.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.Line;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long polls of a node that has just started wait for what it does not know yet (P7). */
@Timeout(60)
class NotReadyPollsTest {
  @AutoClose
  private final ServedNode node = ServedNode.recovering();

  private Line poll(String target, String tag) {
    Line line = node.line();
    line.write(Line.request("GET", target, new byte[0], "If-None-Match: " + tag));
    return line;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/s?wait=5m", "/s?match=zone:ams&wait=5m", "/?wait=5m"})
  void aPollWithATagWaitsForTheNodeToBeReady(String target) {
    node.endRecovery();
    try (Line line = poll(target, "\"known\"")) {
      node.awaitWatchers(1);
      node.register("/s/1", "{\"zone\":\"ams\"}");
      node.awaitWatchers(1);
      node.synchronise();
      Reply reply = line.read("GET");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body()).isEqualTo(node.document(target.split("wait", 2)[0]));
      node.awaitWatchers(0);
    }
  }

  @Test
  void aPollWithTheTagOfWhatIsThereGoesOnWaiting() {
    node.recover();
    node.register("/s/1", "{}");
    String tag = node.get("/s").header("etag");
    try (ServedNode restarted = ServedNode.recovering();
        Line line = restarted.line()) {
      line.write(Line.request("GET", "/s?wait=5m", new byte[0], "If-None-Match: " + tag));
      restarted.endRecovery();
      restarted.register("/s/1", "{}");
      restarted.synchronise();
      restarted.awaitWatchers(1);
      restarted.register("/s/2", "{}");
      assertThat(line.read("GET").body()).isEqualTo("{\"1\":{},\"2\":{}}");
    }
  }

  @Test
  void aPollThatEndsBeforeTheNodeIsReadyIsRefused() {
    Reply reply = node.get("/s?wait=50ms", "If-None-Match: \"known\"");
    reply.isProblem(503, "recovering");
    assertThat(reply.header("retry-after")).isEqualTo("1");
    node.awaitWatchers(0);
  }
}

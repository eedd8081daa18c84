package io.hera.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.EventClient;
import io.hera.testkit.Eventually;
import io.hera.testkit.Line;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The header Hera-Uptime: for how long the node has answered reads. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class UptimeTest {
  @AutoClose
  private final ServedNode node = ServedNode.recovering();

  private static String uptime(Reply reply) {
    return reply.header("hera-uptime");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/s", "/s?match=a:1", "/s?all", "/s/1", "/s/2", "/none", "/?service=s"})
  void everyReplyToALookupSaysIt(String target) {
    node.recover();
    node.register("/s/1", "{}");
    Reply reply = node.get(target);
    assertThat(uptime(reply)).matches("[0-9]+");
    assertThat(uptime(head(target))).matches("[0-9]+");
    String known = "If-None-Match: " + reply.header("etag");
    assertThat(uptime(node.get(target, known))).matches("[0-9]+");
  }

  private Reply head(String target) {
    try (Line line = node.line()) {
      return line.write(Line.request("HEAD", target, new byte[0])).readAny("HEAD");
    }
  }

  @Test
  void thePollThatWaitsSaysItWhenItIsAnsweredAndWhenItsTimeEnds() {
    node.recover();
    String known = "If-None-Match: " + node.get("/s").header("etag");
    Reply ended = node.get("/s?wait=50ms", known);
    assertThat(ended.status()).isEqualTo(304);
    assertThat(uptime(ended)).matches("[0-9]+");
    try (Line line = node.line()) {
      line.write(Line.request("GET", "/s?wait=5m", new byte[0], known));
      node.awaitWatchers(1);
      node.register("/s/1", "{}");
      assertThat(uptime(line.read("GET"))).matches("[0-9]+");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/s", "/s/1"})
  void aStreamBeginsWithIt(String target) {
    node.recover();
    try (EventClient client = new EventClient(node.port(), target, "")) {
      assertThat(client.response().headers().firstValue("hera-uptime")).isPresent();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /s/1",
    "DELETE, /s/1",
    "GET, /_status",
    "GET, /_export",
    "OPTIONS, /s",
    "POST, /s"
  })
  void otherRepliesDoNot(String method, String target) {
    node.recover();
    Reply reply = node.send(method, target, method.equals("PUT") ? "{}" : "");
    assertThat(reply.headers()).doesNotContainKey("hera-uptime");
  }

  @Test
  void theTimeIsZeroUntilTheNodeIsReadyAndGrowsThen() {
    assertThat(uptime(node.get("/s"))).isEqualTo("0");
    node.recover();
    Eventually.passes(() -> assertThat(Long.parseLong(uptime(node.get("/s")))).isPositive());
  }
}

package io.hera.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.http.EventText;
import io.hera.store.ChangeLog;
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

/** The header Hera-Change: where a stream goes on that follows a listing. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class ChangeHeaderTest {
  @AutoClose
  private final ServedNode node = ServedNode.ready();

  private static long number(Reply reply) {
    EventText.Id id = EventText.Id.parse(reply.header("hera-change")).orElseThrow();
    assertThat(id.life()).isEqualTo(ServedNode.LIFE);
    return id.number();
  }

  /** A change gets its number at once, and is in the log within 20 ms. */
  private void awaitChanges(long count) {
    Eventually.passes(() -> assertThat(number(node.get("/"))).isEqualTo(count));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/s", "/s?match=a:1", "/s?near=a:1", "/s?pretty", "/s/1", "/s/2", "/no"})
  void everyLookupSaysTheLastChangeBeforeIt(String target) {
    node.register("/s/1", "{\"a\":1}");
    node.register("/t/1", "{}");
    awaitChanges(2);
    Reply reply = node.get(target);
    assertThat(number(reply)).isEqualTo(2);
    assertThat(number(head(target))).isEqualTo(2);
    assertThat(number(node.get(target, "If-None-Match: " + reply.header("etag"))))
        .isEqualTo(2);
  }

  private Reply head(String target) {
    try (Line line = node.line()) {
      return line.write(Line.request("HEAD", target, new byte[0])).readAny("HEAD");
    }
  }

  @Test
  void aHeartbeatIsNoChange() {
    node.register("/s/1", "{}");
    awaitChanges(1);
    node.register("/s/1", "{}");
    node.register("/s/2", "{}");
    awaitChanges(2);
  }

  @ParameterizedTest
  @CsvSource({"/s, put", "/, put", "/s/2, put"})
  void aStreamGoesOnFromTheListing(String target, String type) {
    node.register("/s/1", "{}");
    awaitChanges(1);
    String last = node.get(target).header("hera-change");
    node.register("/s/2", "{\"n\":2}");
    try (EventClient client = new EventClient(node.port(), target, last)) {
      EventClient.Event event = client.next();
      assertThat(event.type()).isEqualTo(type);
      assertThat(event.json().getString("id")).isEqualTo("2");
    }
  }

  @Test
  void aStreamGoesOnFromANodeWithoutAnyChange() {
    String last = node.get("/s").header("hera-change");
    try (EventClient client = new EventClient(node.port(), "/s", last)) {
      node.register("/s/1", "{}");
      assertThat(client.next().type()).isEqualTo("put");
    }
  }

  @Test
  void thePollThatIsWokenSaysTheChangeThatHasWokenIt() {
    String known = "If-None-Match: " + node.get("/s").header("etag");
    try (Line line = node.line()) {
      line.write(Line.request("GET", "/s?wait=5m", new byte[0], known));
      node.awaitWatchers(1);
      node.register("/s/1", "{}");
      assertThat(number(line.read("GET"))).isEqualTo(1);
    }
  }

  @Test
  void thePollWhoseTimeEndsSaysIt() {
    String known = "If-None-Match: " + node.get("/s").header("etag");
    node.register("/t/1", "{}");
    awaitChanges(1);
    Reply ended = node.get("/s?wait=50ms", known);
    assertThat(ended.status()).isEqualTo(304);
    assertThat(number(ended)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"GET, /_status", "GET, /_export", "PUT, /s/1", "OPTIONS, /s"})
  void otherRepliesDoNotSayIt(String method, String target) {
    Reply reply = node.send(method, target, method.equals("PUT") ? "{}" : "");
    assertThat(reply.headers()).doesNotContainKey("hera-change");
  }

  @Test
  void theValueIsMadeOncePerChange() {
    ChangeHeader header = new ChangeHeader(new ChangeLog(), "life");
    CharSequence first = header.of(7);
    assertThat(first).hasToString("life:7").isSameAs(header.of(7));
    assertThat(header.of(8)).hasToString("life:8");
  }
}

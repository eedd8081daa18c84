package io.hera.http.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.http.HttpLimits;
import io.hera.testkit.EventClient;
import io.hera.testkit.EventClient.Event;
import io.hera.testkit.Eventually;
import io.hera.testkit.Line;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Following a service by server-sent events. */
@Timeout(60)
class EventStreamTest {
  @AutoClose
  private final ServedNode node = ServedNode.ready();

  @BeforeEach
  void start() {
    node.register("/s/1", "{\"zone\":\"ams\",\"updated_at\":1}");
  }

  private EventClient follow(String target) {
    return new EventClient(node.port(), target, "");
  }

  private void deregister(String target) {
    node.send("DELETE", target, "").isDone();
  }

  private void awaitWatchers(int count) {
    Eventually.passes(() -> assertThat(node.status().getInteger("watchers")).isEqualTo(count));
  }

  @Test
  void aStreamHasASnapshotThenEachChangeAndNoHeartbeat() {
    try (EventClient client = follow("/s")) {
      assertThat(client.response().headers().firstValue("content-type"))
          .contains("text/event-stream");
      assertThat(client.response().headers().firstValue("hera-node")).contains("a");
      assertThat(client.next())
          .isEqualTo(new Event("snapshot", "{\"1\":{\"zone\":\"ams\",\"updated_at\":1}}"));
      node.register("/s/1", "{\"zone\":\"ams\",\"updated_at\":2}");
      node.register("/s/1", "");
      node.register("/other/1", "{}");
      node.register("/s/2\"", "{\"n\": 1.10}");
      assertThat(client.next())
          .isEqualTo(new Event("put", "{\"id\":\"2\\\"\",\"instance\":{\"n\": 1.10}}"));
      node.register("/s/1", "{\"zone\":\"lon\"}");
      assertThat(client.next())
          .isEqualTo(new Event("put", "{\"id\":\"1\",\"instance\":{\"zone\":\"lon\"}}"));
      deregister("/s/1");
      assertThat(client.next())
          .isEqualTo(new Event("delete", "{\"id\":\"1\",\"reason\":\"deregistered\"}"));
    }
  }

  @Test
  void anExpiryIsADeleteEventWithThatReason() {
    try (EventClient client = follow("/s")) {
      client.next();
      node.register("/s/2?ttl=1", "{}");
      assertThat(client.next().type()).isEqualTo("put");
      assertThat(client.next())
          .isEqualTo(new Event("delete", "{\"id\":\"2\",\"reason\":\"expired\"}"));
    }
  }

  @Test
  void aServiceWithoutInstancesCanBeFollowed() {
    try (EventClient client = follow("/new")) {
      assertThat(client.next()).isEqualTo(new Event("snapshot", "{}"));
      node.register("/new/1", "{}");
      assertThat(client.next()).isEqualTo(new Event("put", "{\"id\":\"1\",\"instance\":{}}"));
    }
  }

  @Test
  void oneInstanceCanBeFollowed() {
    node.register("/s/2", "{\"n\":1}");
    try (EventClient client = follow("/s/2")) {
      assertThat(client.next()).isEqualTo(new Event("snapshot", "{\"2\":{\"n\":1}}"));
      node.register("/s/3", "{}");
      node.register("/s/2", "{\"n\":2}");
      assertThat(client.next().json().getJsonObject("instance").getInteger("n")).isEqualTo(2);
      deregister("/s/2");
      assertThat(client.next().type()).isEqualTo("delete");
    }
    try (EventClient client = follow("/s/none")) {
      assertThat(client.next()).isEqualTo(new Event("snapshot", "{}"));
    }
  }

  @Test
  void aStreamOfAllServicesNamesTheServiceInEachEvent() {
    node.register("/t/1", "{\"n\":\n1}");
    try (EventClient client = follow("/")) {
      Event snapshot = client.next();
      assertThat(snapshot.type()).isEqualTo("snapshot");
      assertThat(snapshot.data()).isEqualTo(node.get("/_export").body());
      node.register("/new/1", "{}");
      assertThat(client.next())
          .isEqualTo(new Event("put", "{\"service\":\"new\",\"id\":\"1\",\"instance\":{}}"));
      deregister("/s/1");
      assertThat(client.next())
          .isEqualTo(
              new Event("delete", "{\"service\":\"s\",\"id\":\"1\",\"reason\":\"deregistered\"}"));
    }
  }

  @Test
  void aFilteredStreamHasAnEventForEachInstanceThatBeginsOrCeasesToMatch() {
    try (EventClient client = follow("/s?match=zone:ams")) {
      assertThat(client.next().json().fieldNames()).containsExactly("1");
      node.register("/s/2", "{\"zone\":\"lon\"}");
      node.register("/s/2", "{\"zone\":\"ams\"}");
      assertThat(client.next().json().getString("id")).isEqualTo("2");
      node.register("/s/1", "{\"zone\":\"lon\"}");
      assertThat(client.next())
          .isEqualTo(new Event("delete", "{\"id\":\"1\",\"reason\":\"unmatched\"}"));
      deregister("/s/1");
      deregister("/s/2");
      assertThat(client.next())
          .isEqualTo(new Event("delete", "{\"id\":\"2\",\"reason\":\"deregistered\"}"));
    }
    node.get("/?match=zone:ams", "Accept: text/event-stream").isProblem(400, "invalid-query");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n", "\n\n"})
  void aDocumentMayHaveLineBreaks(String end) {
    String document = "{" + end + "\"n\":" + end + "1}";
    try (EventClient client = follow("/s/x")) {
      client.next();
      node.register("/s/x", document);
      String lines = document.replace("\r\n", "\n").replace('\r', '\n');
      assertThat(client.next().data()).isEqualTo("{\"id\":\"x\",\"instance\":" + lines + "}");
    }
  }

  @Test
  void aClientThatReconnectsGetsTheChangesThatItMissedOnce() {
    String last;
    try (EventClient client = follow("/s")) {
      client.next();
      node.register("/s/2", "{}");
      client.next();
      last = client.lastId();
    }
    node.register("/s/3", "{}");
    deregister("/s/2");
    try (EventClient client = new EventClient(node.port(), "/s", last)) {
      assertThat(client.next().json().getString("id")).isEqualTo("3");
      assertThat(client.next().type()).isEqualTo("delete");
      node.register("/s/4", "{}");
      assertThat(client.next().json().getString("id")).isEqualTo("4");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fedcba9876543210:1",
        "x",
        "0123456789abcdef:",
        "0123456789abcdef:-5",
        "0123456789abcdef:99999999"
      })
  void anUnknownEventIdBringsAResetAndASnapshot(String id) {
    try (EventClient client = new EventClient(node.port(), "/s", id)) {
      assertThat(client.next()).isEqualTo(new Event("reset", "{}"));
      assertThat(client.next().type()).isEqualTo("snapshot");
      node.register("/s/2", "{}");
      assertThat(client.next().type()).isEqualTo("put");
    }
  }

  @Test
  void anEventIdThatTheLogHasDroppedBringsAResetAndASnapshot() {
    String last;
    try (EventClient client = follow("/s")) {
      client.next();
      last = client.lastId();
    }
    String filler = "x".repeat(60_000);
    for (int i = 0; i < 120; i++) {
      node.register("/filler/1", "{\"n\":%d,\"x\":\"%s\"}".formatted(i, filler));
    }
    try (EventClient client = follow("/filler")) {
      client.next();
      try (EventClient late = new EventClient(node.port(), "/s", last)) {
        assertThat(late.next().type()).isEqualTo("reset");
        assertThat(late.next().type()).isEqualTo("snapshot");
      }
    }
  }

  /** Each write carries the next number, so a gap differs from a repetition. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void nothingIsLostOrDoubledHoweverOftenTheStreamIsCut(long seed) throws Exception {
    Random random = new Random(seed);
    int writes = 2_000;
    Thread writer = new Thread(() -> {
      try (Line line = node.line()) {
        IntStream.rangeClosed(1, writes)
            .forEach(n -> line.send("PUT", "/counted/1", "{\"n\":" + n + "}").isDone());
      }
    });
    List<Integer> seen = new ArrayList<>();
    String last = "";
    writer.start();
    while (seen.isEmpty() || seen.get(seen.size() - 1) < writes) {
      try (EventClient client = new EventClient(node.port(), "/counted", last)) {
        for (int i = random.nextInt(200); i >= 0 && count(seen) < writes; i--) {
          Event event = client.next();
          assertThat(event.type()).isIn("put", last.isEmpty() ? "snapshot" : "put");
          number(event).ifPresent(seen::add);
        }
        last = client.lastId();
      }
    }
    writer.join();
    int first = seen.get(0);
    assertThat(seen).isEqualTo(IntStream.rangeClosed(first, writes).boxed().toList());
  }

  private static int count(List<Integer> seen) {
    return seen.isEmpty() ? 0 : seen.get(seen.size() - 1);
  }

  private static Optional<Integer> number(Event event) {
    return event.type().equals("put")
        ? Optional.of(event.json().getJsonObject("instance").getInteger("n"))
        : Optional.ofNullable(event.json().getJsonObject("1")).map(one -> one.getInteger("n"));
  }

  @Test
  void aSlowReaderDelaysNoOtherAndGetsASnapshotWhenItReadsAgain() {
    try (EventClient slow = follow("/s");
        EventClient quick = follow("/s")) {
      slow.next();
      quick.next();
      String filler = "x".repeat(60_000);
      for (int i = 0; i < 200; i++) {
        node.register("/s/1", "{\"n\":%d,\"x\":\"%s\"}".formatted(i, filler));
        assertThat(quick.next().json().getJsonObject("instance").getInteger("n"))
            .isEqualTo(i);
      }
      Event event = slow.next();
      while (event.type().equals("put")) {
        event = slow.next();
      }
      assertThat(event.type()).isEqualTo("reset");
      assertThat(slow.next().json().getJsonObject("1").getInteger("n")).isEqualTo(199);
    }
  }

  @Test
  void aClientThatDisconnectsIsForgotten() {
    EventClient client = follow("/s");
    awaitWatchers(1);
    client.close();
    awaitWatchers(0);
  }

  @Test
  void aNodeThatStopsEndsItsStreamsInOrder() {
    try (EventClient client = follow("/s")) {
      client.next();
      node.close();
      assertThat(client.poll()).isEmpty();
    }
  }

  @Test
  void aStreamIsNotIdleAndGetsKeepAlives() {
    HttpLimits hasty = ServedNode.LIMITS.withTimeouts(10_000, 500);
    try (ServedNode impatient = ServedNode.ready(hasty);
        EventClient client = new EventClient(impatient.port(), "/s", "")) {
      assertThat(client.line()).get().asString().matches("retry: 1\\d\\d\\d");
      assertThat(client.line()).contains("");
      client.next();
      assertThat(client.line()).contains(":");
    }
  }

  @Test
  void headAnswersWithoutAStream() {
    try (Line line = node.line()) {
      line.write(Line.request("HEAD", "/s", new byte[0], "Accept: text/event-stream"));
      Reply reply = line.readAny("HEAD");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("content-type")).isEqualTo("text/event-stream");
      assertThat(line.send("GET", "/s", "").status()).isEqualTo(200);
    }
  }
}

package io.hera.http.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.EventClient;
import io.hera.testkit.EventClient.Event;
import io.hera.testkit.Line;
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

/** Tests streams of events that are cut and resumed, and clients that read too slowly. */
@Timeout(60)
class MissedEventsTest {
  @AutoClose
  private final ServedNode node = ServedNode.ready();

  @BeforeEach
  void start() {
    node.register("/s/1", "{}");
  }

  private EventClient follow(String target) {
    return new EventClient(node.port(), target, "");
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
    node.send("DELETE", "/s/2", "").isDone();
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

  /**
   * The snapshot of all services takes as long as the client reads, so the services that come last
   * include changes that come after it in the log.
   */
  @Test
  void aChangeThatASlowSnapshotIncludesIsNotSentAgain() {
    String filler = "x".repeat(60_000);
    for (int i = 0; i < 400; i++) {
      node.register("/a%03d/1".formatted(i), "{\"x\":\"%s\"}".formatted(filler));
    }
    node.register("/z/1", "{\"n\":1}");
    try (Line line = node.line()) {
      line.write(Line.request("GET", "/", new byte[0], "Accept: text/event-stream"));
      assertThat(line.readHead().status()).isEqualTo(200);
      node.send("DELETE", "/z/1", "").isDone();
      node.register("/z/1", "{\"n\":2}");
      List<String> ids = new ArrayList<>();
      String snapshot = "";
      for (String text = line.chunkedLine(); ids.isEmpty(); text = line.chunkedLine()) {
        snapshot = text.startsWith("data: ") && snapshot.isEmpty() ? text : snapshot;
        assertThat(text).doesNotContain("event: put", "event: delete");
        if (text.startsWith("id: ")) {
          ids.add(text.substring("id: ".length()));
        }
      }
      assertThat(snapshot).endsWith("\"z\":{\"1\":{\"n\":2}}}");
      node.register("/new/1", "{}");
      try (EventClient client = new EventClient(node.port(), "/", ids.get(0))) {
        assertThat(client.next().json().getString("service")).isEqualTo("new");
      }
    }
  }
}

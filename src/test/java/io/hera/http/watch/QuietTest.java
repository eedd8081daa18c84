package io.hera.http.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.EventClient;
import io.hera.testkit.EventClient.Event;
import io.hera.testkit.Line;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Readers that want changes only when their subject is quiet, over HTTP. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class QuietTest {
  @AutoClose
  private final ServedNode node = ServedNode.ready();

  @BeforeEach
  void start() {
    node.register("/s/1", "{\"n\":0,\"updated_at\":0}");
  }

  private Line poll(String target, String tag) {
    Line line = node.line();
    line.write(Line.request("GET", target, new byte[0], "If-None-Match: " + tag));
    return line;
  }

  private String tag(String target) {
    return node.get(target).header("etag");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/s", "/s/1", "/", "/s?match=n:7"})
  void manyChangesAreOneAnswer(String target) {
    String query = (target.contains("?") ? "&" : "?") + "wait=5m&quiet=2s:5m";
    try (Line line = poll(target + query, tag(target))) {
      node.awaitWatchers(1);
      node.asked.reset();
      for (int n = 1; n <= 7; n++) {
        node.register("/s/1", "{\"n\":" + n + "}");
        node.register("/s" + n + "/1", "{}");
      }
      Reply reply = line.read("GET");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("etag")).isEqualTo(tag(target));
    }
  }

  @Test
  void anInstanceThatComesAndGoesWakesNoPoll() {
    try (Line line = poll("/s?wait=1500ms&quiet=200ms", tag("/s"))) {
      node.awaitWatchers(1);
      node.register("/s/2", "{}");
      node.send("DELETE", "/s/2", "").isDone();
      node.send("DELETE", "/s/1", "").isDone();
      node.register("/s/1", "{\"n\":0,\"updated_at\":1}");
      assertThat(line.read("GET").status()).isEqualTo(304);
    }
  }

  @Test
  void aSubjectThatNeverBecomesQuietIsAnsweredAfterTheLongestTime() {
    try (Line line = poll("/s?wait=5m&quiet=200ms:200ms", tag("/s"))) {
      node.awaitWatchers(1);
      node.register("/s/2", "{}");
      assertThat(line.read("GET").status()).isEqualTo(200);
    }
  }

  /** Two connections that follow each other are served by the two HTTP verticles, each of which has its own windows. */
  @Test
  void aPollThatReturnsWhileItsSubjectChangesWaitsToo() {
    String old = tag("/s");
    try (Line first = poll("/s?wait=5m&quiet=60s", old);
        Line other = poll("/s?wait=5m&quiet=60s", old)) {
      node.awaitWatchers(2);
      node.register("/s/2", "{}");
      try (EventClient client = new EventClient(node.port(), "/s", "")) {
        client.next();
        node.register("/s/3", "{}");
        client.next(); // the polls know of the change now
        try (Line second = poll("/s?wait=5m&quiet=60s", old)) {
          node.awaitWatchers(4);
          assertThat(node.get("/s?wait=5m&quiet=60s").status()).isEqualTo(200);
          node.close();
          assertThat(second.read("GET").status()).isEqualTo(200);
          assertThat(first.read("GET").status()).isEqualTo(200);
          assertThat(other.read("GET").status()).isEqualTo(200);
        }
      }
    }
  }

  @Test
  void theEndOfTheWaitIsAnsweredWhetherItIsQuietOrNot() {
    try (Line line = poll("/s?wait=300ms&quiet=60s", tag("/s"))) {
      node.awaitWatchers(1);
      node.register("/s/2", "{}");
      assertThat(line.read("GET").status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({"/s, /s", "/, /s", "/s/1, /s"})
  void aStreamHasOneEventForManyChangesOfAnInstance(String target, String service) {
    try (EventClient client = new EventClient(node.port(), target + "?quiet=2s:5m", "")) {
      assertThat(client.next().type()).isEqualTo("snapshot");
      for (int n = 1; n <= 5; n++) {
        node.register(service + "/1", "{\"n\":" + n + "}");
        node.register(service + "/2", "{}");
        node.send("DELETE", service + "/2", "").isDone();
      }
      Event put = client.next();
      assertThat(put.type()).isEqualTo("put");
      assertThat(put.json().getJsonObject("instance").getInteger("n")).isEqualTo(5);
      node.send("DELETE", service + "/1", "").isDone();
      assertThat(client.next().type()).isEqualTo("delete");
    }
  }

  @Test
  void aStreamThatReturnsGetsWhatItMissed() {
    String last;
    try (EventClient client = new EventClient(node.port(), "/s?quiet=100ms", "")) {
      client.next();
      last = client.lastId();
    }
    node.register("/s/2", "{}");
    try (EventClient client = new EventClient(node.port(), "/s?quiet=100ms", last)) {
      assertThat(client.next().json().getString("id")).isEqualTo("2");
      node.register("/s/4", "{}");
      assertThat(client.next().json().getString("id")).isEqualTo("4");
    }
  }

  @Test
  void aStreamIsWokenOnceHoweverManyInstancesFlap() {
    List<Event> events = new ArrayList<>();
    try (EventClient client = new EventClient(node.port(), "/s?quiet=3s:5m", "")) {
      client.next();
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 50; i++) {
          node.register("/s/flap" + i, "{\"n\":" + round + "}");
        }
        for (int i = 0; i < 50; i++) {
          node.send("DELETE", "/s/flap" + i, "").isDone();
        }
      }
      node.register("/s/end", "{}");
      for (Event event = client.next(); ; event = client.next()) {
        events.add(event);
        if (event.data().contains("end")) {
          break;
        }
      }
    }
    assertThat(events).extracting(Event::data).containsExactly("{\"id\":\"end\",\"instance\":{}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wait=5&quiet=",
        "wait=5&quiet=x",
        "wait=5&quiet=2s:",
        "wait=5&quiet=:10s",
        "wait=5&quiet=2s:1s",
        "wait=5&quiet=2s:10s:20s",
        "wait=5&quiet=99ms",
        "wait=5&quiet=0",
        "wait=5&quiet=61s",
        "wait=5&quiet=1s:301s",
        "wait=5&quiet=1s&quiet=1s",
        "quiet=2s",
        "wait=0&quiet=2s"
      })
  void aQuietThatCannotBeIsRefused(String query) {
    node.get("/s?" + query).isProblem(400, "invalid-query");
    node.get("/?" + query).isProblem(400, "invalid-query");
    node.get("/s/1?" + query).isProblem(400, "invalid-query");
  }

  @Test
  void aStreamWithABadQuietIsRefused() {
    node.get("/s?quiet=x", "Accept: text/event-stream").isProblem(400, "invalid-query");
    node.get("/_status?quiet=2s").isProblem(400, "invalid-query");
  }

  @ParameterizedTest
  @ValueSource(strings = {"quiet=100ms", "quiet=2", "quiet=2s:2s", "quiet=60s:5m", "quiet=1m"})
  void aQuietWithinItsBoundsIsTaken(String query) {
    assertThat(node.get("/s?wait=5&" + query).status()).isEqualTo(200);
  }
}

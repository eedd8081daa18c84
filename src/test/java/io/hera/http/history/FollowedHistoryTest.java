package io.hera.http.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.EventClient;
import io.hera.testkit.EventClient.Event;
import io.hera.testkit.Line;
import io.hera.testkit.ServedNode;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the history as a stream over HTTP. */
@Timeout(60)
class FollowedHistoryTest {
  @AutoClose
  private final ServedNode node = ServedNode.ready();

  @BeforeEach
  void start() {
    node.register("/s/1", "{}");
    node.register("/t/1", "{}");
  }

  private EventClient follow(String target) {
    return new EventClient(node.port(), target, "");
  }

  private void register(String service, int from, int to) {
    String batch = IntStream.rangeClosed(from, to)
        .mapToObj(id -> "\"" + id + "\":{}")
        .collect(Collectors.joining(",", "{\"" + service + "\":{", "}}"));
    assertThat(node.send("POST", "/_batch", batch).status()).isEqualTo(200);
  }

  private static int number(Event event) {
    return event.json().getInteger("n");
  }

  @Test
  void aStreamHasTheServicesThenEachEvent() {
    try (EventClient client = follow("/_events")) {
      assertThat(client.response().headers().firstValue("content-type"))
          .contains("text/event-stream");
      assertThat(client.next()).isEqualTo(new Event("services", "{\"s\":1,\"t\":1}"));
      assertThat(client.lastId()).isEqualTo(ServedNode.LIFE + ":3");
      node.register("/s/1", "");
      node.register("/s/2", "{}");
      Event change = client.next();
      assertThat(change.type()).isEqualTo("change");
      assertThat(change.json()).isEqualTo(node.get("/_events/4").json().getJsonObject("event"));
      node.send("DELETE", "/s/2", "").isDone();
      assertThat(client.next().json().getString("why")).contains("a DELETE from 127.0.0.1");
      assertThat(client.lastId()).isEqualTo(ServedNode.LIFE + ":5");
    }
    node.awaitWatchers(0);
  }

  @Test
  void aStreamOfOneServiceOrTypeHasOnlyItsEvents() {
    try (EventClient service = follow("/_events?service=s");
        EventClient type = follow("/_events?type=deregistered")) {
      assertThat(service.next()).isEqualTo(new Event("services", "{\"s\":1}"));
      type.next();
      node.register("/t/2", "{}");
      node.register("/s/2", "{}");
      node.send("DELETE", "/t/2", "").isDone();
      assertThat(number(service.next())).isEqualTo(5);
      assertThat(number(type.next())).isEqualTo(6);
    }
  }

  @Test
  void aClientThatComesBackGetsTheEventsThatItMissedAndNoServices() {
    String last;
    try (EventClient client = follow("/_events")) {
      client.next();
      last = client.lastId();
    }
    node.register("/s/2", "{}");
    node.register("/s/3", "{}");
    try (EventClient client = new EventClient(node.port(), "/_events", last)) {
      assertThat(number(client.next())).isEqualTo(4);
      assertThat(number(client.next())).isEqualTo(5);
      node.register("/s/4", "{}");
      assertThat(number(client.next())).isEqualTo(6);
      last = client.lastId();
    }
    try (EventClient client = new EventClient(node.port(), "/_events", last)) {
      node.register("/s/5", "{}");
      assertThat(number(client.next())).isEqualTo(7);
    }
  }

  @Test
  void aStreamGoesOnFromAList() {
    JsonObject list = node.get("/_events").json();
    String last = list.getString("life") + ":" + list.getInteger("last");
    node.register("/s/2", "{}");
    try (EventClient client = new EventClient(node.port(), "/_events", last)) {
      assertThat(number(client.next())).isEqualTo(list.getInteger("last") + 1);
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
  void anUnknownEventIdBringsAResetAndTheServices(String id) {
    try (EventClient client = new EventClient(node.port(), "/_events", id)) {
      assertThat(client.next()).isEqualTo(new Event("reset", "{}"));
      assertThat(client.next()).isEqualTo(new Event("services", "{\"s\":1,\"t\":1}"));
      node.register("/s/2", "{}");
      assertThat(number(client.next())).isEqualTo(4);
    }
  }

  /** Neither one that comes back, nor one that is there. */
  @Test
  void aClientOfAQuietServiceGetsNoResetWhenAnotherServiceLosesEvents() {
    String last;
    try (EventClient client = follow("/_events?service=t")) {
      client.next();
      last = client.lastId();
      register("s", 10, 1_100);
      node.register("/t/2", "{}");
      assertThat(number(client.next())).isEqualTo(1_095);
    }
    try (EventClient client = new EventClient(node.port(), "/_events?service=t", last)) {
      assertThat(number(client.next())).isEqualTo(1_095);
      node.register("/t/3", "{}");
      assertThat(number(client.next())).isEqualTo(1_096);
    }
    try (EventClient client = new EventClient(node.port(), "/_events?type=updated", last)) {
      assertThat(client.next().type()).isEqualTo("reset");
    }
  }

  /** No service keeps more than 1,000 events. */
  @Test
  void aClientThatComesBackTooLateGetsAReset() {
    String last;
    try (EventClient client = follow("/_events")) {
      client.next();
      last = client.lastId();
    }
    register("s", 10, 1_100);
    try (EventClient client = new EventClient(node.port(), "/_events", last)) {
      assertThat(client.next().type()).isEqualTo("reset");
      assertThat(client.next().json().getInteger("s")).isEqualTo(1_092);
    }
  }

  @Test
  void manyEventsAtOnceAreSummedUp() {
    try (EventClient client = follow("/_events")) {
      client.next();
      register("u", 1, 700);
      Map<String, Integer> types = new HashMap<>();
      List<Event> events = new ArrayList<>();
      for (int seen = 3; seen < 703; ) {
        Event event = client.next();
        events.add(event);
        JsonObject json = event.json();
        boolean isBurst = event.type().equals("burst");
        int first = isBurst ? json.getInteger("first") : number(event);
        assertThat(first).isEqualTo(seen + 1);
        seen = isBurst ? json.getInteger("last") : first;
        types.merge(event.type(), 1, Integer::sum);
      }
      assertThat(types.get("change")).isGreaterThanOrEqualTo(50);
      assertThat(types.get("burst")).isBetween(1, 7);
      JsonObject last = events.get(events.size() - 1).json();
      assertThat(
              last.containsKey("n")
                  ? last.getInteger("instances")
                  : last.getJsonObject("services").getInteger("u"))
          .isEqualTo(700);
    }
  }

  /** The reader takes nothing while everything is written, so the node cannot keep it in a socket. */
  @Test
  void aSlowReaderOfEveryEventLosesNone() {
    try (Line slow = Line.narrow(node.port())) {
      slow.write(Line.request("GET", "/_events?every", new byte[0], "Accept: text/event-stream"));
      assertThat(slow.readHead().status()).isEqualTo(200);
      node.awaitWatchers(1);
      for (int i = 0; i < 10; i++) {
        register("u" + i, 1, 900);
      }
      List<Long> numbers = new ArrayList<>();
      while (numbers.size() < 9_000) {
        String line = slow.chunkedLine();
        assertThat(line).isNotIn("event: reset", "event: burst");
        if (line.startsWith("id: ")) {
          numbers.add(Long.parseLong(line.substring(line.indexOf(':', 4) + 1)));
        }
      }
      assertThat(numbers.subList(1, 9_000))
          .isEqualTo(java.util.stream.LongStream.rangeClosed(4, 9_002).boxed().toList());
    }
  }

  @Test
  void aReaderThatIsMuchTooSlowGetsAReset() {
    try (Line slow = Line.narrow(node.port());
        EventClient quick = follow("/_events")) {
      slow.write(Line.request("GET", "/_events?every", new byte[0], "Accept: text/event-stream"));
      assertThat(slow.readHead().status()).isEqualTo(200);
      node.awaitWatchers(2);
      for (int i = 0; i < 40; i++) {
        register("u" + i, 1, 900);
      }
      quick.next();
      String line = slow.chunkedLine();
      while (!line.equals("event: reset")) {
        line = slow.chunkedLine();
      }
      while (!line.equals("event: services")) {
        line = slow.chunkedLine();
      }
      // The reset may come before the last registration; then that is an event.
      while (!line.contains("u39")) {
        line = slow.chunkedLine();
      }
      assertThat(line).containsAnyOf("\"u39\":900", "\"service\":\"u39\"");
    }
  }

  @Test
  void aStreamEndsWhenTheServerStops() {
    ServedNode stopping = ServedNode.ready();
    try (EventClient client = new EventClient(stopping.port(), "/_events", "")) {
      client.next();
      stopping.close();
      assertThat(client.poll()).isEmpty();
    }
  }
}

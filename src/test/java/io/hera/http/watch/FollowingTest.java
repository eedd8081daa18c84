package io.hera.http.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.http.HttpLimits;
import io.hera.testkit.EventClient;
import io.hera.testkit.EventClient.Event;
import io.hera.testkit.Line;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.hera.testkit.TestLimits;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests streams of events over HTTP. */
@Timeout(60)
class FollowingTest {
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
  void theEventsOfABatchAreOneWritePerStream() {
    String batch = IntStream.range(100, 400)
        .mapToObj(id -> "\"" + id + "\":{}")
        .collect(Collectors.joining(",", "{\"s\":{", "}}"));
    try (Line line = node.line()) {
      line.write(Line.request("GET", "/s", new byte[0], "Accept: text/event-stream"));
      assertThat(line.readHead().status()).isEqualTo(200);
      node.awaitWatchers(1);
      assertThat(node.send("POST", "/_batch", batch).status()).isEqualTo(200);
      int puts = 0;
      while (puts < 300) {
        puts += line.chunkedLine().equals("event: put") ? 1 : 0;
      }
      assertThat(line.chunks()).isLessThan(20);
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
  void aClientThatDisconnectsIsForgotten() {
    EventClient client = follow("/s");
    node.awaitWatchers(1);
    client.close();
    node.awaitWatchers(0);
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
    HttpLimits hasty = TestLimits.withTimeouts(ServedNode.LIMITS, 10_000, 500);
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

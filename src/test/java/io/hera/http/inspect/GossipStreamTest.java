package io.hera.http.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Delta;
import io.hera.testkit.EventClient;
import io.hera.testkit.Line;
import io.hera.testkit.ServedNode;
import io.hera.wire.PeerStatus;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code /_gossip}: the exchanges with peers, as they happen. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class GossipStreamTest {
  @AutoClose
  private final ServedNode node = ServedNode.ready();

  private static PeerStatus peer(long failures, long bytes) {
    return new PeerStatus(
        "h:1",
        "v2",
        "pull",
        Optional.empty(),
        7,
        failures,
        bytes,
        0,
        "",
        OptionalLong.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Map.of());
  }

  private EventClient follow() {
    EventClient client = new EventClient(node.port(), "/_gossip", "");
    assertThat(client.next().type()).isEqualTo("peers");
    return client;
  }

  private static JsonObject beat(EventClient client) {
    EventClient.Event event = client.next();
    while (!event.type().equals("beat")) {
      event = client.next();
    }
    JsonObject beat = event.json();
    assertThat(beat.fieldNames()).containsExactly("at", "millis", "heard", "told");
    return beat;
  }

  @Test
  void aStreamBeginsWithThePeersOfTheStatus() {
    node.peers.put("b", peer(2, 99));
    try (EventClient client = new EventClient(node.port(), "/_gossip", "")) {
      assertThat(client.response().headers().firstValue("content-type"))
          .contains("text/event-stream");
      EventClient.Event first = client.next();
      assertThat(first.type()).isEqualTo("peers");
      assertThat(first.json()).isEqualTo(node.status().getJsonObject("peers"));
      assertThat(first.json().getJsonObject("b").getInteger("failures")).isEqualTo(2);
    }
    node.awaitWatchers(0);
  }

  @Test
  void anAnswerOfAPeerIsHeard() {
    try (EventClient client = follow()) {
      node.fetchedFromB("1", new Delta(List.of()));
      JsonObject heard = beat(client).getJsonObject("heard").getJsonObject("b");
      assertThat(heard.fieldNames())
          .containsExactly(
              "exchanges", "failed", "bytes", "entries", "applied", "stale", "refused");
      assertThat(heard.getInteger("exchanges")).isEqualTo(1);
    }
  }

  @Test
  void aQuestionOfAPeerIsAnsweredAndShown() {
    node.fetchedFromB("1");
    node.register("/s/1", "{}");
    try (EventClient client = follow()) {
      node.get("/_deltas?a=0&b=0", "Hera-Node: b;life=1");
      JsonObject told = beat(client).getJsonObject("told").getJsonObject("b");
      assertThat(told.getInteger("questions")).isEqualTo(1);
      assertThat(told.getJsonObject("behind_ms").getLong("a")).isPositive();
    }
  }

  @Test
  void failuresAndBytesAreThoseSinceTheLastBeat() {
    node.peers.put("b", peer(2, 99));
    try (EventClient client = follow()) {
      node.peers.put("b", peer(3, 149));
      JsonObject heard = beat(client).getJsonObject("heard").getJsonObject("b");
      assertThat(heard.getInteger("failed")).isEqualTo(1);
      assertThat(heard.getInteger("bytes")).isEqualTo(50);
      node.peers.put("b", peer(0, 7));
      heard = beat(client).getJsonObject("heard").getJsonObject("b");
      assertThat(heard.getInteger("failed")).isZero();
      assertThat(heard.getInteger("bytes")).isEqualTo(7);
    }
  }

  @Test
  void headHasNoBodyAndLeavesNoStream() {
    try (Line line = node.line()) {
      assertThat(line.write(Line.request("HEAD", "/_gossip", new byte[0]))
              .readAny("HEAD")
              .status())
          .isEqualTo(200);
    }
    node.awaitWatchers(0);
  }
}

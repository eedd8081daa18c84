package io.hera.gossip.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.json.Malformed;
import io.hera.registry.Delta;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import io.hera.store.StoreStatus;
import io.hera.testkit.Eventually;
import io.hera.testkit.Line;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.hera.wire.V2Codec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that wait for a write. The time-out ends a test whose node never answers. */
@Timeout(60)
class DeltasWaitTest {
  private static final String V2 = "Accept: application/vnd.hera.deltas.v2+json";
  private static final String B = "Hera-Node: b;life=b1";

  @AutoClose
  private final ServedNode node = ServedNode.ready();

  @BeforeEach
  void fetched() {
    node.fetchedFromB("b1");
  }

  @Test
  void aPeerThatHasMissedAWriteIsAnsweredAtOnce() throws Malformed {
    node.register("/s/1", "{}");
    assertThat(only(node.get("/_deltas?a=0&_wait=20000", V2, B)).entries()).hasSize(1);
  }

  @Test
  void anyWriteWakesParkedPulls() throws Malformed {
    node.register("/s/1", "{}");
    String[][] writes = {{"PUT", "{}"}, {"PUT", ""}, {"DELETE", ""}};
    try (Line line = node.line()) {
      for (String[] write : writes) {
        long horizon = only(node.get("/_deltas?a=0", V2)).to();
        line.write(question(horizon));
        awaitAsked(horizon);
        node.send(write[0], "/s/1", write[1]).isDone();
        OriginDelta part = only(line.read("GET"));
        assertThat(part.from()).isEqualTo(horizon);
        assertThat(part.entries()).hasSize(1);
      }
    }
  }

  @Test
  void ownEntriesThatGetNewVersionsWakeParkedPulls() throws Malformed {
    node.register("/s/1", "{}");
    long horizon = only(node.get("/_deltas?a=0", V2)).to();
    long later = horizon + 10_000;
    Registration former = new Registration(
        new Key("s", "1"), "{\"n\":0}".getBytes(StandardCharsets.UTF_8), later, 0, 300_000);
    try (Line line = node.line()) {
      line.write(question(horizon));
      awaitAsked(horizon);
      node.merge(new Delta(List.of(new OriginDelta("a", 0, later, false, List.of(former)))));
      OriginDelta part = only(line.read("GET"));
      assertThat(part.entries()).allMatch(entry -> entry.version() > later).hasSize(1);
    }
  }

  @Test
  void noWriteIsMissedHoweverCloselyItFollowsTheQuestion() throws Malformed {
    long horizon = 0;
    try (Line peer = node.line();
        Line client = node.line()) {
      for (int i = 0; i < 200; i++) {
        peer.write(question(horizon));
        client.write(Line.request("PUT", "/s/" + i, new byte[] {'{', '}'}));
        client.read("PUT").isDone();
        OriginDelta part = only(peer.read("GET"));
        assertThat(part.entries()).hasSize(1);
        horizon = part.to();
      }
    }
  }

  @Test
  void whenTheWaitIsOverTheAnswerIsEmpty() throws Malformed {
    for (String wait : List.of("50", "0", "-1")) {
      assertThat(parts(node.get("/_deltas?a=0&_wait=" + wait, V2, B))).isEmpty();
    }
  }

  @Test
  void aNodeThatStopsAnswersWhoeverWaits() throws Malformed {
    try (Line line = node.line()) {
      line.write(question(0));
      awaitAsked(0);
      node.close();
      assertThat(parts(line.read("GET"))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "", "1.5", "1s", "99999999999999999999", "%31", "1&_wait=1"})
  void aWaitThatIsNoneIsRefused(String wait) {
    node.get("/_deltas?a=0&_wait=" + wait, V2, B).isProblem(400, "invalid-query");
    node.get("/_deltas?a=0&_wait=" + wait).isProblem(400, "invalid-query");
  }

  private static byte[] question(long horizon) {
    String target = "/_deltas?a=" + horizon + "&_wait=20000";
    return Line.request("GET", target, new byte[0], V2, B);
  }

  /** Returns when the store has been asked. */
  private void awaitAsked(long horizon) {
    Eventually.holds(() -> asked(horizon));
  }

  private boolean asked(long horizon) {
    StoreStatus status = node.store.status().await();
    Long lag = status.lags().getOrDefault("b", Map.of()).get("a");
    return lag != null && status.registry().origins().get("a").horizon() - lag == horizon;
  }

  private static OriginDelta only(Reply reply) throws Malformed {
    assertThat(parts(reply)).hasSize(1);
    return parts(reply).get(0);
  }

  private static List<OriginDelta> parts(Reply reply) throws Malformed {
    assertThat(reply.status()).isEqualTo(200);
    return V2Codec.decode(reply.bytes(), 1_000).answer().delta().origins();
  }
}

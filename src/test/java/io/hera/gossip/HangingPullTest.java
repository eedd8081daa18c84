package io.hera.gossip;

import static io.hera.gossip.ScriptedPeer.NOW;
import static io.hera.gossip.ScriptedPeer.answer;
import static io.hera.gossip.ScriptedPeer.entry;
import static io.hera.gossip.ScriptedPeer.never;
import static io.hera.gossip.ScriptedPeer.part;
import static io.hera.gossip.ScriptedPeer.says;
import static io.hera.gossip.ScriptedPeer.send;
import static io.hera.gossip.ScriptedPeer.sendV2;
import static io.hera.gossip.ScriptedPeer.v2;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Delta;
import io.hera.registry.Digest;
import io.hera.wire.PeerStatus;
import io.hera.wire.V2Answer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The fast path, beside the pulls. */
@Timeout(60)
class HangingPullTest extends GossipBed {
  @Test
  void aPeerIsAskedToWaitForNewsOfItsOwnOriginOnly() {
    ScriptedPeer a = peer(v2("a", "a", entry("shop", "1", NOW)));
    ScriptedPeer b = peer(v2("b", "b"));
    start(NEVER, NEVER, Map.of("a", a.address(), "b", b.address()));
    await(() -> a.hanging.size() == 1 && b.hanging.size() == 1);
    settle();
    assertThat(a.hanging).containsExactly(Digest.of("a", NOW));
    assertThat(b.hanging).containsExactly(Digest.of("b", 0));
    assertThat(a.waits).containsExactly("20000");
    await(() -> reportOf("a").mode().equals("hanging"));
  }

  @Test
  void whenThereIsNewsTheNextQuestionFollows() {
    ScriptedPeer a = peer(v2("a", "a")).hangingScript((request, digest) -> {
      long next = Math.max(NOW, digest.horizons().getOrDefault("a", 0L)) + 1;
      if (next <= NOW + 3) {
        sendV2(request, answer("a", part(digest, "a", entry("shop", "" + (next - NOW), next))));
      }
    });
    start(NEVER, NEVER, Map.of("a", a.address()));
    await(() -> a.hanging.size() == 4);
    assertThat(has("shop", "1") && has("shop", "2") && has("shop", "3")).isTrue();
    settle();
    assertThat(a.hanging)
        .containsExactly(
            Digest.of("a", 0),
            Digest.of("a", NOW + 1),
            Digest.of("a", NOW + 2),
            Digest.of("a", NOW + 3));
    PeerStatus report = reportOf("a");
    assertThat(report.mode()).isEqualTo("hanging");
    assertThat(report.exchanges().orElseThrow().begun()).isEqualTo(report.rounds() + 4);
    assertThat(calls.calls()).as("one per answer").containsEntry("nextDigest", 1);
    assertThat(calls.calls()).containsEntry("receive", 2 + 3);
  }

  @Test
  void aPeerThatAnswersAtOnceWithoutNewsIsLeftToThePullForAWhile() {
    pausesAfter(v2("a", "a"));
  }

  @Test
  void aPeerThatRefusesIsLeftToThePullForAWhile() {
    pausesAfter((request, digest) -> request.response().setStatusCode(500).end());
  }

  @Test
  void aPeerThatCutsTheConnectionIsLeftToThePullForAWhile() {
    pausesAfter((request, digest) -> request.connection().close());
  }

  @Test
  void aPeerThatAnswersUnderAnotherNameIsNotBelieved() {
    pausesAfter((request, digest) -> sendV2(
        request,
        new V2Answer(
            says("stranger"),
            NOW,
            300_000,
            new Delta(List.of(part(digest, "a", entry("stray", "1", NOW)))))));
    assertThat(has("stray", "1")).isFalse();
  }

  /** Who did not pause would ask a hundred times while a few pulls pass. */
  private void pausesAfter(BiConsumer<HttpServerRequest, Digest> script) {
    ScriptedPeer a = peer(v2("a", "a")).hangingScript(script);
    start(50, NEVER, Map.of("a", a.address()));
    await(() -> !a.hanging.isEmpty());
    int pulls = a.asked.size();
    await(() -> a.asked.size() > pulls + 5);
    assertThat(a.hanging).hasSizeLessThan(8);
    await(() -> reportOf("a").mode().equals("pull"));
    await(() -> reportOf("a").lastError().isEmpty());
    // The pause is over some time.
    a.hangingScript(never());
    int before = a.hanging.size();
    await(() -> a.hanging.size() > before);
    await(() -> reportOf("a").mode().equals("hanging"));
  }

  @Test
  void aPauseIsCutShortWhenThePeerIsBack() {
    ScriptedPeer a = peer(v2("a", "a"))
        .hangingScript((request, digest) -> request.connection().close());
    start(NEVER, NEVER, Map.of("a", a.address()));
    AtomicInteger lives = new AtomicInteger();
    for (int failures = 1; failures <= 10; failures++) {
      int expected = failures;
      await(() -> a.hanging.size() == expected && reportOf("a").mode().equals("pull"));
      // A claim counts at most once a second.
      await(() -> {
        meet("a", "life" + lives.incrementAndGet());
        return a.hanging.size() > expected;
      });
    }
    // By themselves ten pauses take more than the time limit of the class.
  }

  @Test
  void aNodeOf2012IsNotAskedToWait() {
    ScriptedPeer a = peer(send("text/html", bytes("{\"a\": [], \"me\": []}")));
    start(50, NEVER, Map.of("a", a.address()));
    await(() -> a.asked.size() > 5);
    assertThat(a.hanging).isEmpty();
    assertThat(reportOf("a").mode()).isEqualTo("pull");
  }

  @Test
  void anAnswerOfVersion1EndsItUntilThePullSpeaksVersion2Again() {
    String body = "{\"a\": [[\"shop\", \"old\", {}, %d]]}".formatted(NOW);
    ScriptedPeer a = peer(v2("a", "a")).hangingScript(send("text/html", bytes(body)));
    start(NEVER, NEVER, Map.of("a", a.address()));
    await(() -> a.hanging.size() == 1);
    await(() -> reportOf("a").mode().equals("pull"));
    assertThat(has("shop", "old")).isFalse();
    a.hangingScript(never());
    configure(settings(50, NEVER, Map.of("a", a.address())));
    await(() -> a.hanging.size() == 2);
  }

  @Test
  void aPeerThatHangsForEverDoesNotDelayThePulls() {
    ScriptedPeer a = peer(v2("a", "a")).hangingScript(never());
    start(50, NEVER, Map.of("a", a.address()));
    await(() -> a.hanging.size() == 1);
    a.script(v2("a", "a", entry("shop", "1", NOW)));
    await(() -> has("shop", "1"));
    assertThat(a.hanging).hasSize(1);
    await(() -> reportOf("a").lastError().isEmpty());
  }

  @Test
  void theQuestionToARemovedPeerIsAbandoned() {
    AtomicInteger closed = new AtomicInteger();
    ScriptedPeer a = peer(v2("a", "a"))
        .hangingScript((request, digest) ->
            request.connection().closeHandler(gone -> closed.incrementAndGet()));
    start(NEVER, NEVER, Map.of("a", a.address()));
    await(() -> a.hanging.size() == 1);
    configure(settings(NEVER, NEVER, Map.of()));
    await(() -> closed.get() == 1);
    settle();
    assertThat(a.hanging).hasSize(1);
  }
}

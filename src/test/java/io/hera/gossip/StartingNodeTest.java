package io.hera.gossip;

import static io.hera.gossip.ScriptedPeer.NOW;
import static io.hera.gossip.ScriptedPeer.answer;
import static io.hera.gossip.ScriptedPeer.entry;
import static io.hera.gossip.ScriptedPeer.never;
import static io.hera.gossip.ScriptedPeer.page;
import static io.hera.gossip.ScriptedPeer.part;
import static io.hera.gossip.ScriptedPeer.send;
import static io.hera.gossip.ScriptedPeer.sendV2;
import static io.hera.gossip.ScriptedPeer.v2;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Digest;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Outcome;
import io.hera.store.Write;
import io.hera.wire.Address;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a starting node does before it is ready (P7). */
@Timeout(60)
class StartingNodeTest extends GossipBed {
  @Test
  void aNodeWithoutPeersIsReadyAtOnce() {
    start(NEVER, NEVER, Map.of());
    await(readiness::ready);
  }

  @Test
  void refusedConnectionsDoNotHoldUpTheRecovery() {
    start(NEVER, NEVER, Map.of("a", nobody(), "b", nobody()));
    await(readiness::ready);
    await(() -> reportOf("a").lastError().equals("connection refused"));
  }

  @Test
  void aHungPeerHoldsUpTheRecoveryUntilItsTimeIsOver() {
    ScriptedPeer hung = peer(never());
    ScriptedPeer good = peer(v2("good", "good", entry("shop", "1", NOW)));
    start(NEVER, SOON, Map.of("hung", hung.address(), "good", good.address()));
    await(() -> has("shop", "1") && !hung.asked.isEmpty());
    await(readiness::ready);
    assertThat(good.asked.size()).isEqualTo(2);
    assertThat(hung.asked).containsExactly(Digest.of("me", 0));
  }

  @Test
  void aNodeIsNotReadyBeforeAllPeersHaveAnswered() {
    List<HttpServerRequest> held = new ArrayList<>();
    ScriptedPeer slow = peer((request, digest) -> held.add(request));
    ScriptedPeer good = peer(v2("good", "good", entry("shop", "1", NOW)));
    start(NEVER, NEVER, Map.of("slow", slow.address(), "good", good.address()));
    await(() -> has("shop", "1") && slow.asked.size() == 1);
    settle();
    assertThat(readiness.ready()).isFalse();
    slow.script(v2("slow", "me", entry("mine", "1", NOW)));
    OriginDelta own = part(Digest.of("me", 0), "me", entry("mine", "1", NOW));
    vertx.runOnContext(turn -> held.forEach(request -> sendV2(request, answer("slow", own))));
    await(readiness::ready);
    assertThat(has("mine", "1")).isTrue();
  }

  @Test
  void aSlowPeerIsWaitedForLongerThanAnOrdinaryExchangeMayTake() {
    List<HttpServerRequest> held = new ArrayList<>();
    ScriptedPeer slow = peer((request, digest) -> held.add(request));
    ScriptedPeer good = peer(v2("good", "good", entry("shop", "1", NOW)));
    start(20, NEVER, Map.of("slow", slow.address(), "good", good.address()));
    await(() -> slow.asked.size() == 1 && good.asked.size() > 10);
    assertThat(readiness.ready()).isFalse();
    slow.script(v2("slow", "slow"));
    vertx.runOnContext(turn -> held.forEach(request -> sendV2(request, answer("slow"))));
    await(readiness::ready);
    assertThat(slow.asked.peek()).isEqualTo(Digest.of("me", 0));
  }

  @Test
  void ownEntriesAreBackBeforeTheNodeIsReadyAndNewerWritesAreAboveThem() {
    long ahead = NOW + 20_000;
    ScriptedPeer a = peer(v2("a", "me", entry("mine", "1", ahead), entry("mine", "2", ahead)));
    start(NEVER, NEVER, Map.of("a", a.address()));
    await(readiness::ready);
    assertThat(has("mine", "1")).isTrue();
    assertThat(a.asked.peek()).isEqualTo(Digest.of("me", 0));
    Write.Put put = new Write.Put(new Key("mine", "1"), bytes("{\"new\":1}"), 0);
    assertThat(store.write(List.of(put)).await()).containsExactly(Outcome.DONE);
    assertThat(document("mine", "1")).isEqualTo("{\"new\":1}");
    assertThat(stats().get("me")).isGreaterThan(ahead);
  }

  @Test
  void recoveryGoesOnOverManyPages() {
    ScriptedPeer a = peer((request, digest) -> {
      long next = Math.max(NOW, digest.horizons().getOrDefault("me", NOW)) + 1;
      if (next > NOW + 3) {
        sendV2(request, answer("a"));
      } else {
        sendV2(request, page("a", part(digest, "me", entry("mine", "" + (next - NOW), next))));
      }
    });
    start(NEVER, NEVER, Map.of("a", a.address()));
    await(readiness::ready);
    assertThat(has("mine", "1") && has("mine", "2") && has("mine", "3")).isTrue();
    assertThat(a.asked)
        .startsWith(Digest.of("me", 0), Digest.of("me", NOW + 1), Digest.of("me", NOW + 2));
  }

  @Test
  void aPeerThatGivesNewOwnPagesForEverDoesNotKeepTheNodeFromBeingReady() {
    ScriptedPeer a = peer((request, digest) -> {
      long next = Math.max(NOW - 1_000_000, digest.horizons().getOrDefault("me", 0L)) + 1;
      sendV2(request, page("a", part(digest, "me", entry("mine", "1", next))));
    });
    start(NEVER, SOON, Map.of("a", a.address()));
    await(readiness::ready);
  }

  @Test
  void aPeerThatFailedIsAskedAgainBeforeTheNodeIsReady() {
    ScriptedPeer late = peer((request, digest) -> request.connection().close());
    start(NEVER, NEVER, Map.of("late", late.address()));
    await(() -> late.asked.size() > 2);
    assertThat(readiness.recovered()).isFalse();
    late.script(v2("late", "me", entry("mine", "1", NOW)));
    await(readiness::ready);
    assertThat(has("mine", "1")).isTrue();
  }

  @Test
  void aPeerThatRefusedOwesTheOwnEntriesWhenItIsReached() {
    Address address = nobody();
    start(20, NEVER, Map.of("late", address));
    await(readiness::ready);
    ScriptedPeer late =
        ScriptedPeer.startAt(vertx, address.port(), v2("late", "me", entry("mine", "1", NOW)));
    await(() -> has("mine", "1"));
    assertThat(late.asked.peek()).isEqualTo(Digest.of("me", 0));
  }

  @Test
  void aNodeIsNotReadyBeforeAWholePullFromEachPeerHasEnded() {
    ScriptedPeer a = peer((request, digest) -> {
      if (digest.equals(Digest.of("me", 0))) {
        sendV2(request, answer("a"));
      } else if (digest.horizons().get("a") == 0) {
        sendV2(request, page("a", part(digest, "a", entry("shop", "1", NOW))));
      }
    });
    start(NEVER, NEVER, Map.of("a", a.address()));
    await(() -> has("shop", "1") && a.asked.size() == 3);
    assertThat(readiness.recovered()).isTrue();
    assertThat(readiness.ready()).isFalse();
  }

  @Test
  void aNodeOf2012GivesOwnEntriesBack() {
    String body = "{\"me\": [[\"mine\", \"1\", {\"x\": 1}, %d]]}".formatted(NOW - 5);
    ScriptedPeer a = peer(send("text/html", bytes(body)));
    start(NEVER, NEVER, Map.of("a", a.address()));
    await(readiness::ready);
    assertThat(has("mine", "1")).isTrue();
  }
}

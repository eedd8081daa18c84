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
import io.hera.registry.Entry;
import io.hera.registry.OriginDelta;
import io.hera.testkit.Handshakes;
import io.hera.wire.Gzip;
import io.hera.wire.PeerStatus;
import io.hera.wire.V2Answer;
import io.hera.wire.V2Codec;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pulls, and peers that come and go. */
@Timeout(60)
class GossipVerticleTest extends GossipBed {
  @Test
  void aPeersEntriesAreShownAtOnce() {
    ScriptedPeer a = peer(v2("a", "a", entry("shop", "1", NOW)));
    start(NEVER, NEVER, Map.of("a", a.address()));
    await(() -> has("shop", "1"));
    String cfg = Handshakes.settings(Set.of("me", "a")).hash();
    assertThat(a.speakers)
        .allMatch(
            ("me;life=life-of-me;since=" + Handshakes.SINCE + ";can=drain,view2;cfg=" + cfg)
                ::equals);
    await(() -> reportOf("a").dialect().equals("v2"));
    PeerStatus report = reportOf("a");
    assertThat(report.address()).isEqualTo(a.address().toString());
    assertThat(report.lastError()).isEmpty();
    assertThat(report.lastSuccessAgeMillis()).isPresent();
    assertThat(report.failures()).isZero();
    assertThat(report.bytesReceived()).isPositive();
    PeerStatus.Exchanges exchanges = report.exchanges().orElseThrow();
    assertThat(exchanges.begun()).isGreaterThanOrEqualTo(report.rounds());
    assertThat(exchanges.roundTripMillis()).isPresent();
    assertThat(exchanges.lastFailureAgeMillis()).isEmpty();
  }

  @Test
  void roundsGoOn() {
    AtomicInteger version = new AtomicInteger();
    ScriptedPeer a = peer((request, digest) -> {
      long next = NOW + version.incrementAndGet();
      sendV2(request, answer("a", part(digest, "a", entry("shop", "id" + next, next))));
    });
    start(20, NEVER, Map.of("a", a.address()));
    await(() -> has("shop", "id" + (NOW + 5)));
    assertThat(a.asked).anyMatch(digest -> digest.horizons().getOrDefault("a", 0L) >= NOW + 3);
  }

  @Test
  void aPullGoesOnUntilAPageIsTheLast() {
    ScriptedPeer a = peer(fourPages("{}", ScriptedPeer::sendV2));
    start(NEVER, NEVER, Map.of("a", a.address()));
    await(() -> has("big", "4") && a.asked.size() >= 6);
    settle();
    assertThat(a.asked).as("one of them recovers").hasSize(6);
  }

  @Test
  void aPullFromVersion10GoesOnUntilAPageIsShort() {
    String document = "{\"x\":\"" + "y".repeat(270_000) + "\"}";
    ScriptedPeer a = peer(fourPages(document, (request, answer) -> {
      String said = new String(V2Codec.encode(answer), StandardCharsets.UTF_8);
      String unsaid = said.replaceFirst(",\"more\":(true|false)", "");
      send(V2Codec.MEDIA_TYPE, bytes(unsaid)).accept(request, Digest.of("a", 0));
    }));
    start(NEVER, NEVER, Map.of("a", a.address()));
    await(() -> has("big", "4"));
    await(() -> reportOf("a").bytesReceived() > 4 * 270_000);
  }

  @Test
  void aPageOfAPullIsOneRequestToTheStore() {
    ScriptedPeer a = peer(fourPages("{}", ScriptedPeer::sendV2));
    start(NEVER, NEVER, Map.of("a", a.address()));
    await(() -> has("big", "4") && a.hanging.size() == 1);
    assertThat(calls.calls())
        .isEqualTo(Map.of(
            "receive", 1 + 5, "recovered", 1, "synchronised", 1, "digest", 1, "nextDigest", 1));
  }

  private static BiConsumer<HttpServerRequest, Digest> fourPages(
      String document, BiConsumer<HttpServerRequest, V2Answer> sender) {
    return (request, digest) -> {
      long from = digest.horizons().getOrDefault("a", NOW + 4);
      long next = Math.max(from, NOW) + 1;
      Entry entry = entry("big", "" + (next - NOW), next, document);
      sender.accept(request, next > NOW + 4 ? answer("a") : page("a", part(digest, "a", entry)));
    };
  }

  @Test
  void aPeerThatRepeatsACutPageIsNotAskedForEver() {
    Entry same = entry("big", "1", NOW);
    ScriptedPeer a = peer((request, digest) ->
        sendV2(request, page("a", new OriginDelta("a", 0, NOW, false, List.of(same)))));
    ScriptedPeer b = peer(v2("b", "b", entry("shop", "1", NOW)));
    start(NEVER, NEVER, Map.of("a", a.address(), "b", b.address()));
    await(() -> has("big", "1") && has("shop", "1") && reportOf("a").rounds() >= 2);
    for (int turn = 0; turn < 5; turn++) {
      settle();
    }
    // The first time, the next time, and once more if b was merged in between.
    assertThat(a.asked).hasSizeBetween(2, 3);
  }

  @Test
  void theAgesOfEntriesFromANodeOf2012FollowTheAgreedTime() {
    wallErrorMillis = 600_000;
    String body = "{\"a\": [[\"shop\", \"1\", {}, %d]], \"me\": []}".formatted(NOW - 1_000);
    ScriptedPeer a = peer(send("text/html", body.getBytes(StandardCharsets.UTF_8)));
    start(NEVER, NEVER, Map.of("a", a.address()));
    await(readiness::ready);
    assertThat(has("shop", "1")).isTrue();
    assertThat(reportOf("a").dialect()).isEqualTo("v1");
  }

  @Test
  void aNodeOf2012IsUnderstoodAndAskedFromBelowTheHorizon() {
    String body =
        "{\"a\": [[\"shop\", \"1\", {\"old\": NaN}, %d], [\"shop\", \"2\", {\"x\": 1}, %d]],"
            .formatted(NOW - 1, NOW - 2);
    ScriptedPeer a =
        peer(send("text/html", (body + "\"me\": []}").getBytes(StandardCharsets.UTF_8)));
    start(20, NEVER, Map.of("a", a.address()));
    await(() -> has("shop", "2"));
    await(() -> a.asked.size() > 5);
    List<Long> horizons = new ArrayList<>();
    for (Digest digest : a.asked) {
      if (digest.horizons().containsKey("a")) {
        horizons.add(digest.horizons().get("a"));
      }
    }
    assertThat(reportOf("a").dialect()).isEqualTo("v1");
    long horizon = stats().get("a");
    assertThat(horizons.get(0)).isZero();
    assertThat(horizons.get(horizons.size() - 1)).isEqualTo(horizon - 3_000);
    assertThat(horizons).allMatch(asked -> asked >= 0);
  }

  @Test
  void aLargeGzippedAnswerIsRead() {
    String document = "{\"x\":\"" + "y".repeat(300_000) + "\"}";
    ScriptedPeer a = peer((request, digest) -> request
        .response()
        .putHeader("Content-Type", V2Codec.MEDIA_TYPE)
        .putHeader("Content-Encoding", "gzip")
        .end(Buffer.buffer(Gzip.deflate(
            V2Codec.encode(answer("a", part(digest, "a", entry("big", "1", NOW, document))))))));
    start(NEVER, NEVER, Map.of("a", a.address()));
    await(() -> has("big", "1"));
    await(() -> reportOf("a").bytesReceived() > 0);
    assertThat(reportOf("a").bytesReceived()).isLessThan(20_000);
  }

  // Peers that come and go.

  @Test
  void aPeerThatAsksUsIsPulledAtOnceWhenItWasDown() {
    AtomicInteger calls = new AtomicInteger();
    ScriptedPeer a = peer((request, digest) -> request.connection().close());
    start(NEVER, SOON, Map.of("a", a.address()));
    await(readiness::ready);
    a.script((request, digest) -> {
      calls.incrementAndGet();
      sendV2(request, answer("a", part(digest, "a", entry("shop", "1", NOW))));
    });
    meet("a");
    await(() -> has("shop", "1"));
    assertThat(calls).as("for the own entries, and for all").hasValue(2);
    await(() -> reportOf("a").lastError().isEmpty());
  }

  @Test
  void aHealthyPeerThatAsksUsCausesNoPull() {
    ScriptedPeer a = peer(v2("a", "a", entry("shop", "1", NOW)));
    ScriptedPeer b = peer((request, digest) -> request.connection().close());
    start(NEVER, SOON, Map.of("a", a.address(), "b", b.address()));
    await(() -> reportOf("a").rounds() == 2 && readiness.ready());
    b.script(v2("b", "b", entry("shop", "2", NOW)));
    meet("a");
    meet("b");
    // Those that were heard are pulled together, in this order.
    await(() -> has("shop", "2"));
    settle();
    assertThat(a.asked).hasSize(2);
  }

  @Test
  void aNewPeerIsPulledAtOnceAndOneThatMovedIsAskedAtItsNewPlace() {
    ScriptedPeer old = peer(v2("a", "a", entry("shop", "1", NOW)));
    start(NEVER, NEVER, Map.of("a", old.address()));
    await(() -> has("shop", "1"));
    ScriptedPeer moved = peer(v2("a", "a", entry("shop", "1", NOW), entry("shop", "2", NOW + 1)));
    ScriptedPeer b = peer(v2("b", "b", entry("shop", "3", NOW)));
    configure(settings(NEVER, NEVER, Map.of("a", moved.address(), "b", b.address())));
    await(() -> has("shop", "2") && has("shop", "3"));
    assertThat(old.asked).hasSize(2);
    await(() -> reportOf("a").address().equals(moved.address().toString()));
  }

  @Test
  void aRemovedPeerIsNotAskedAnyMoreAndItsExchangeIsAbandoned() {
    AtomicInteger closed = new AtomicInteger();
    ScriptedPeer hung = peer(
        (request, digest) -> request.connection().closeHandler(gone -> closed.incrementAndGet()));
    ScriptedPeer b = peer(v2("b", "b", entry("shop", "1", NOW)));
    start(NEVER, SOON, Map.of("hung", hung.address(), "b", b.address()));
    await(() -> hung.asked.size() == 1 && readiness.ready());
    configure(settings(20, SOON, Map.of("b", b.address())));
    await(() -> closed.get() == 1 && b.asked.size() > 5);
    assertThat(hung.asked).hasSize(1);
  }

  @Test
  void stoppingDoesNotWaitForAHungPeer() throws TimeoutException {
    ScriptedPeer hung = peer(never());
    start(NEVER, NEVER, Map.of("hung", hung.address()));
    await(() -> hung.asked.size() == 1);
    undeploy();
    assertThat(reportOfMaybe("hung")).isNull();
  }
}

package io.hera.gossip;

import static io.hera.gossip.ScriptedPeer.NOW;
import static io.hera.gossip.ScriptedPeer.answer;
import static io.hera.gossip.ScriptedPeer.entry;
import static io.hera.gossip.ScriptedPeer.never;
import static io.hera.gossip.ScriptedPeer.part;
import static io.hera.gossip.ScriptedPeer.send;
import static io.hera.gossip.ScriptedPeer.sendV2;
import static io.hera.gossip.ScriptedPeer.v2;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Bounds;
import io.hera.registry.Delta;
import io.hera.registry.Digest;
import io.hera.registry.Entry;
import io.hera.registry.Found;
import io.hera.registry.Key;
import io.hera.registry.Lives;
import io.hera.registry.OriginDelta;
import io.hera.registry.Outcome;
import io.hera.store.Store;
import io.hera.store.StoreVerticle;
import io.hera.store.Views;
import io.hera.wire.Answer;
import io.hera.wire.Gzip;
import io.hera.wire.V2Codec;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GossipVerticleTest {
  /** So long that nothing happens because of a timer. */
  private static final long NEVER = 3_600_000;

  private static final long SOON = 300;

  private Vertx vertx;
  private Views views;
  private Store store;
  private GossipVerticle gossip;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    views = new Views();
    store = new Store(vertx, "life-of-me");
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  // Pulls.

  @Test
  void whatAPeerAnswersIsSeenAtOnce() {
    ScriptedPeer a = peer(v2("a", "a", entry("shop", "1", NOW)));
    start(NEVER, NEVER, Map.of("a", a.address()));
    await(() -> has("shop", "1"));
    assertThat(a.speakers).allMatch("me;life=life-of-me"::equals);
    await(() -> reportOf("a").speaks().equals("v2"));
    Store.PeerReport report = reportOf("a");
    assertThat(report.address()).isEqualTo(a.address().toString());
    assertThat(report.lastError()).isEmpty();
    assertThat(report.succeededAt()).isPresent();
    assertThat(report.failures()).isZero();
    assertThat(report.bytes()).isPositive();
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
  void aPullGoesOnUntilAPageIsNotFull() {
    String document = "{\"x\":\"" + "y".repeat(700_000) + "\"}";
    ScriptedPeer a = peer((request, digest) -> {
      long from = digest.horizons().getOrDefault("a", NOW);
      long next = Math.max(from, NOW) + 1;
      if (next > NOW + 4) {
        sendV2(request, answer("a"));
      } else {
        sendV2(
            request,
            answer("a", part(digest, "a", entry("big", "" + (next - NOW), next, document))));
      }
    });
    start(NEVER, NEVER, Map.of("a", a.address()));
    await(() -> has("big", "4"));
    await(() -> reportOf("a").bytes() > 4 * 700_000);
  }

  @Test
  void aPeerThatRepeatsAFullPageIsNotAskedForEver() {
    String document = "{\"x\":\"" + "y".repeat(700_000) + "\"}";
    Entry same = entry("big", "1", NOW, document);
    ScriptedPeer a = peer((request, digest) ->
        sendV2(request, answer("a", new OriginDelta("a", 0, NOW, false, List.of(same)))));
    ScriptedPeer b = peer(v2("b", "b", entry("shop", "1", NOW)));
    start(NEVER, NEVER, Map.of("a", a.address(), "b", b.address()));
    await(() -> has("big", "1") && has("shop", "1") && reportOf("a").rounds() == 2);
    for (int turn = 0; turn < 5; turn++) {
      settle();
    }
    assertThat(a.asked).hasSize(2);
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
    assertThat(reportOf("a").speaks()).isEqualTo("v1");
    long horizon = stats().get("a");
    assertThat(horizons.get(0)).isZero();
    assertThat(horizons.get(horizons.size() - 1)).isEqualTo(horizon - 3_000);
    assertThat(horizons).allMatch(asked -> asked >= 0);
  }

  // Bad peers: each beside a good one, which they must not delay.

  @Test
  void garbageIsRefused() {
    badPeer(send("text/html", bytes("<html>no registry</html>")), "malformed answer: ");
  }

  @Test
  void halfAnAnswerIsRefusedAndNothingOfItApplied() {
    byte[] whole = V2Codec.encode(answer(
        "bad",
        part(
            new Digest(Map.of("bad", 0L)),
            "bad",
            entry("half", "1", NOW),
            entry("half", "2", NOW))));
    byte[] half = Arrays.copyOf(whole, whole.length - 20);
    badPeer(send(V2Codec.MEDIA_TYPE, half), "malformed answer: ");
    assertThat(has("half", "1")).isFalse();
    assertThat(stats().get("bad")).isZero();
  }

  @Test
  void anErrorStatusIsToldWithItsDetail() {
    badPeer(
        (request, digest) -> request
            .response()
            .setStatusCode(503)
            .putHeader("Content-Type", "application/problem+json; charset=utf-8")
            .end("{\"detail\":\"come\\nback later\"}"),
        "answered 503: come?back later");
  }

  @Test
  void anErrorStatusWithoutAProblemIsToldAsItIs() {
    badPeer(
        (request, digest) -> request
            .response()
            .setStatusCode(500)
            .putHeader("Content-Type", "application/problem+json")
            .end("[}"),
        "answered 500");
  }

  @Test
  void aRedirectIsNotFollowed() {
    ScriptedPeer target = peer(v2("bad", "bad", entry("elsewhere", "1", NOW)));
    badPeer(
        (request, digest) -> request
            .response()
            .setStatusCode(302)
            .putHeader("Location", "http://" + target.address() + "/_deltas?bad=0")
            .end(),
        "answered 302");
    assertThat(target.asked).isEmpty();
  }

  @Test
  void aPeerThatClosesTheConnectionFails() {
    badPeer((request, digest) -> request.connection().close(), "connection closed by the peer");
  }

  @Test
  void aPeerThatNeverAnswersTimesOut() {
    badPeer(SOON, never(), "timed out after 570 ms");
  }

  @Test
  void anAnswerThatDripsTimesOutAsAWholeAndIsCutOff() {
    AtomicInteger closed = new AtomicInteger();
    badPeer(
        SOON,
        (request, digest) -> {
          request.response().setChunked(true).putHeader("Content-Type", V2Codec.MEDIA_TYPE);
          long timer =
              vertx.setPeriodic(20, due -> request.response().write(" ").onFailure(gone -> {}));
          request.connection().closeHandler(gone -> {
            vertx.cancelTimer(timer);
            closed.incrementAndGet();
          });
        },
        "timed out after 570 ms");
    await(() -> closed.get() > 0);
  }

  @Test
  void aDeclaredLengthAboveTheCapIsRefusedUnread() {
    badPeer(
        (request, digest) -> request
            .response()
            .putHeader("Content-Length", "" + (PeerClient.WIRE_BYTES_MAX + 1))
            .write("{"),
        "answered more than 8388608 bytes");
  }

  @Test
  void anEndlessAnswerIsCutOffAtTheCap() {
    AtomicInteger closed = new AtomicInteger();
    Buffer chunk = Buffer.buffer(" ".repeat(1 << 18));
    badPeer(
        (request, digest) -> {
          request.response().setChunked(true).putHeader("Content-Type", V2Codec.MEDIA_TYPE);
          request.connection().closeHandler(gone -> closed.incrementAndGet());
          writeForEver(request, chunk);
        },
        "answered more than 8388608 bytes");
    await(() -> closed.get() > 0);
  }

  @Test
  void aGzipBombIsRefused() {
    byte[] bomb = Gzip.deflate(new byte[PeerClient.BODY_BYTES_MAX + 1]);
    assertThat(bomb.length).isLessThan(100_000);
    badPeer(
        (request, digest) -> request
            .response()
            .putHeader("Content-Type", V2Codec.MEDIA_TYPE)
            .putHeader("Content-Encoding", "gzip")
            .end(Buffer.buffer(bomb)),
        "malformed answer: ");
  }

  @Test
  void anUnknownEncodingIsRefused() {
    badPeer(
        (request, digest) ->
            request.response().putHeader("Content-Encoding", "br").end("x"),
        "answered in an encoding that was not asked for");
  }

  @Test
  void aPeerUnderAnotherNameIsRefusedAndNothingOfItMerged() {
    badPeer(
        v2("good", "bad", entry("stray", "1", NOW)),
        "is configured as bad but says that it is good");
    assertThat(has("stray", "1")).isFalse();
  }

  @Test
  void aPeerUnderTheOwnNameIsRefusedAndItsEntriesAreNotAdopted() {
    badPeer(
        (request, digest) -> sendV2(
            request,
            new Answer(
                "me",
                "another-life",
                NOW,
                300_000,
                new Delta(List.of(part(digest, "me", entry("stray", "1", NOW)))))),
        "runs under the name of this node, me");
    assertThat(has("stray", "1")).isFalse();
  }

  @Test
  void theClockOfAPeerIsComparedWithOurs() {
    ScriptedPeer a = peer((request, digest) ->
        sendV2(request, new Answer("a", "life", NOW + 45_000, 300_000, new Delta(List.of()))));
    start(NEVER, NEVER, Map.of("a", a.address()));
    await(() -> reportOf("a").skewMillis().isPresent());
    // Our wall clock stands still here, so half of the round trip comes on top.
    assertThat(reportOf("a").skewMillis().getAsLong()).isBetween(45_000L, 105_000L);
  }

  @Test
  void anAddressThatLeadsBackToThisNodeIsRefused() {
    badPeer(
        (request, digest) ->
            sendV2(request, new Answer("me", "life-of-me", NOW, 300_000, new Delta(List.of()))),
        "leads back to this node");
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
    await(() -> reportOf("a").bytes() > 0);
    assertThat(reportOf("a").bytes()).isLessThan(20_000);
  }

  // Recovery.

  @Test
  void aNodeWithoutPeersIsReadyAtOnce() {
    start(NEVER, NEVER, Map.of());
    await(views::ready);
  }

  @Test
  void refusedConnectionsDoNotHoldUpTheRecovery() {
    start(NEVER, NEVER, Map.of("a", nobody(), "b", nobody()));
    await(views::ready);
    await(() -> reportOf("a").lastError().equals("connection refused"));
  }

  @Test
  void aHungPeerHoldsUpTheRecoveryUntilItsTimeIsOver() {
    ScriptedPeer hung = peer(never());
    ScriptedPeer good = peer(v2("good", "good", entry("shop", "1", NOW)));
    start(NEVER, SOON, Map.of("hung", hung.address(), "good", good.address()));
    await(() -> has("shop", "1") && !hung.asked.isEmpty());
    await(views::ready);
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
    assertThat(views.ready()).isFalse();
    slow.script(v2("slow", "slow"));
    vertx.runOnContext(turn -> sendV2(
        held.get(0), answer("slow", part(Digest.of("me", 0), "me", entry("mine", "1", NOW)))));
    await(views::ready);
    assertThat(has("mine", "1")).isTrue();
  }

  @Test
  void ownEntriesAreBackBeforeTheNodeIsReadyAndNewerWritesAreAboveThem() {
    long ahead = NOW + 20_000;
    ScriptedPeer a = peer(v2("a", "me", entry("mine", "1", ahead), entry("mine", "2", ahead)));
    start(NEVER, NEVER, Map.of("a", a.address()));
    await(views::ready);
    assertThat(has("mine", "1")).isTrue();
    assertThat(a.asked.peek()).isEqualTo(Digest.of("me", 0));
    Outcome written = store
        .put
        .ask(new Store.Put(new Key("mine", "1"), bytes("{\"new\":1}"), 0))
        .await();
    assertThat(written).isEqualTo(Outcome.DONE);
    assertThat(document("mine", "1")).isEqualTo("{\"new\":1}");
    assertThat(stats().get("me")).isGreaterThan(ahead);
  }

  @Test
  void recoveryGoesOnOverManyPages() {
    String document = "{\"x\":\"" + "y".repeat(700_000) + "\"}";
    ScriptedPeer a = peer((request, digest) -> {
      long next = Math.max(NOW, digest.horizons().getOrDefault("me", NOW)) + 1;
      if (next > NOW + 3) {
        sendV2(request, answer("a"));
      } else {
        sendV2(
            request,
            answer("a", part(digest, "me", entry("mine", "" + (next - NOW), next, document))));
      }
    });
    start(NEVER, NEVER, Map.of("a", a.address()));
    await(views::ready);
    assertThat(has("mine", "1") && has("mine", "2") && has("mine", "3")).isTrue();
    assertThat(a.asked)
        .startsWith(Digest.of("me", 0), Digest.of("me", NOW + 1), Digest.of("me", NOW + 2));
  }

  @Test
  void aPeerThatGivesNewOwnPagesForEverDoesNotKeepTheNodeFromBeingReady() {
    String document = "{\"x\":\"" + "y".repeat(600_000) + "\"}";
    ScriptedPeer a = peer((request, digest) -> {
      long next = Math.max(NOW - 1_000_000, digest.horizons().getOrDefault("me", 0L)) + 1;
      sendV2(request, answer("a", part(digest, "me", entry("mine", "1", next, document))));
    });
    start(NEVER, SOON, Map.of("a", a.address()));
    await(views::ready);
  }

  @Test
  void aNodeOf2012GivesOwnEntriesBack() {
    String body = "{\"me\": [[\"mine\", \"1\", {\"x\": 1}, %d]]}".formatted(NOW - 5);
    ScriptedPeer a = peer(send("text/html", bytes(body)));
    start(NEVER, NEVER, Map.of("a", a.address()));
    await(views::ready);
    assertThat(has("mine", "1")).isTrue();
  }

  // Peers that come and go.

  @Test
  void aPeerThatAsksUsIsPulledAtOnceWhenItWasDown() {
    AtomicInteger calls = new AtomicInteger();
    ScriptedPeer a = peer((request, digest) -> request.connection().close());
    start(NEVER, NEVER, Map.of("a", a.address()));
    await(() -> reportOf("a").failures() == 1);
    a.script((request, digest) -> {
      calls.incrementAndGet();
      sendV2(request, answer("a", part(digest, "a", entry("shop", "1", NOW))));
    });
    meet("a");
    await(() -> has("shop", "1"));
    assertThat(calls).hasValue(1);
    await(() -> reportOf("a").lastError().isEmpty());
  }

  @Test
  void aHealthyPeerThatAsksUsCausesNoPull() {
    ScriptedPeer a = peer(v2("a", "a", entry("shop", "1", NOW)));
    start(NEVER, NEVER, Map.of("a", a.address()));
    await(() -> has("shop", "1") && reportOf("a").rounds() == 2);
    for (int time = 0; time < 20; time++) {
      meet("a");
    }
    ScriptedPeer b = peer(v2("b", "b", entry("shop", "2", NOW)));
    configure(settings(NEVER, NEVER, Map.of("a", a.address(), "b", b.address())));
    await(() -> has("shop", "2"));
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
    await(() -> hung.asked.size() == 1 && views.ready());
    configure(settings(20, SOON, Map.of("b", b.address())));
    await(() -> closed.get() == 1 && b.asked.size() > 5);
    assertThat(hung.asked).hasSize(1);
  }

  @Test
  void stoppingDoesNotWaitForAHungPeer() {
    ScriptedPeer hung = peer(never());
    start(NEVER, NEVER, Map.of("hung", hung.address()));
    await(() -> hung.asked.size() == 1);
    vertx.undeploy(gossip.deploymentID()).await();
    assertThat(reportOfMaybe("hung")).isNull();
  }

  // What the tests are made of.

  /** A bad peer gets the failure it deserves, while a good one beside it is pulled. */
  private void badPeer(BiConsumer<HttpServerRequest, Digest> script, String failure) {
    badPeer(NEVER, script, failure);
  }

  private void badPeer(
      long interval, BiConsumer<HttpServerRequest, Digest> script, String failure) {
    ScriptedPeer bad = peer(script);
    ScriptedPeer good = peer(v2("good", "good", entry("shop", "1", NOW)));
    start(interval, NEVER, Map.of("bad", bad.address(), "good", good.address()));
    await(() -> has("shop", "1"));
    await(() -> reportOf("bad").failures() > 0);
    assertThat(reportOf("bad").lastError()).contains(failure);
    assertThat(reportOf("bad").succeededAt()).isEmpty();
    assertThat(reportOf("good").failures()).isZero();
    await(views::ready);
  }

  private void writeForEver(HttpServerRequest request, Buffer chunk) {
    request.response().write(chunk).onSuccess(written -> writeForEver(request, chunk));
  }

  private ScriptedPeer peer(BiConsumer<HttpServerRequest, Digest> script) {
    return ScriptedPeer.start(vertx, script);
  }

  private void start(long intervalMillis, long recoveryMillis, Map<String, Address> peers) {
    StoreVerticle.Identity self = new StoreVerticle.Identity("me", "life-of-me");
    Store.Settings members = new Store.Settings(members(peers), Bounds.DEFAULT);
    vertx
        .deployVerticle(new StoreVerticle(
            store, views, self, members, () -> Instant.ofEpochMilli(NOW), System::nanoTime))
        .await();
    gossip = new GossipVerticle(
        store,
        self,
        settings(intervalMillis, recoveryMillis, peers),
        () -> Instant.ofEpochMilli(NOW),
        System::nanoTime,
        new SplittableRandom(1));
    vertx.deployVerticle(gossip).await();
  }

  private void configure(GossipSettings changed) {
    store
        .configure
        .ask(new Store.Settings(members(changed.peers()), Bounds.DEFAULT))
        .await();
    gossip.configure(changed).await();
  }

  private static GossipSettings settings(
      long intervalMillis, long recoveryMillis, Map<String, Address> peers) {
    return new GossipSettings(peers, intervalMillis, recoveryMillis, 300_000, 60_000);
  }

  private static Set<String> members(Map<String, Address> peers) {
    Set<String> members = new HashSet<>(peers.keySet());
    members.add("me");
    return members;
  }

  private void meet(String name) {
    store.meet.ask(new Lives.Meeting(name, name, "life-of-" + name, "test")).await();
  }

  /** Lets what is on its way through the store and the event loops arrive. */
  private void settle() {
    for (int hop = 0; hop < 50; hop++) {
      store.status.ask(Store.Done.DONE).await();
    }
  }

  private boolean has(String service, String id) {
    return store.find.ask(new Key(service, id)).await().isPresent();
  }

  private String document(String service, String id) {
    Found found = store.find.ask(new Key(service, id)).await().orElseThrow();
    return new String(found.document(), StandardCharsets.UTF_8);
  }

  private Map<String, Long> stats() {
    Map<String, Long> horizons = new TreeMap<>();
    store
        .status
        .ask(Store.Done.DONE)
        .await()
        .registry()
        .origins()
        .forEach((origin, stats) -> horizons.put(origin, stats.horizon()));
    return horizons;
  }

  private Store.PeerReport reportOfMaybe(String name) {
    return store.status.ask(Store.Done.DONE).await().peers().get(name);
  }

  private Store.PeerReport reportOf(String name) {
    await(() -> reportOfMaybe(name) != null);
    return reportOfMaybe(name);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** An address at which nobody listens. */
  private static Address nobody() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new Address("127.0.0.1", socket.getLocalPort());
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Every question asked while waiting is a hop over the event bus, so this does not spin; the class has a time limit. */
  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }
}

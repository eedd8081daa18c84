package io.hera.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Dialect;
import io.hera.registry.Digest;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registry;
import io.hera.registry.Selector;
import io.hera.testkit.TestLimits;
import io.hera.wire.ContentHasher;
import io.hera.wire.DeltasTarget;
import io.hera.wire.Handshake;
import io.hera.wire.NodeId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The answers to peers that wait for writes. */
class DeltaResponsesTest {
  private final ManualTimer timer = new ManualTimer();
  private final Registry registry = new Registry(
      "a",
      Set.of("a", "b"),
      TestLimits.DEFAULT,
      () -> Instant.ofEpochMilli(1_700_000_000_000L + timer.nowMillis()),
      () -> TimeUnit.MILLISECONDS.toNanos(timer.nowMillis()),
      new ContentHasher(Set.of()),
      change -> {});
  private final List<Written> published = new ArrayList<>();
  private final WriteNotifier notifier = new WriteNotifier(this::publish, timer);
  private final DeltaResponses responses = new DeltaResponses(
      registry, notifier, "a", () -> TimeUnit.MILLISECONDS.toNanos(timer.nowMillis()));

  private void publish() {
    published.add(responses.written(300_000));
  }

  private List<String> along(int notification) {
    return published.get(notification).answer().map(one -> ids(one.response())).orElse(List.of());
  }

  @BeforeEach
  void recovered() {
    registry.recovered();
  }

  private void put(String id) {
    registry.put(new Key("s", id), "{}".getBytes(StandardCharsets.UTF_8), 0);
    notifier.upTo(registry.last());
    timer.advance(1);
  }

  private DeltaResponse waits(long horizon) {
    return ask(horizon, 20_000);
  }

  private DeltaResponse ask(long horizon, long waitMillis) {
    return responses.answer(request(horizon, waitMillis), Optional.empty(), 300_000);
  }

  private static DeltaRequest request(long horizon, long waitMillis) {
    DeltasTarget target = DeltasTarget.of(Digest.of("a", horizon)).waiting(waitMillis);
    return new DeltaRequest(Optional.empty(), target, Dialect.V2, 100_000);
  }

  private static List<String> ids(DeltaResponse response) {
    return response.delta().origins().stream()
        .flatMap(part -> part.entries().stream())
        .map(entry -> entry.key().id())
        .toList();
  }

  private static long reached(DeltaResponse response) {
    return response.delta().origins().stream().mapToLong(OriginDelta::to).max().orElseThrow();
  }

  @Test
  void aPeerThatLacksSomethingOfTheLastNotificationGetsEverything() {
    put("first");
    put("second");
    assertThat(ids(waits(0))).containsExactly("first", "second");
  }

  @Test
  void aPeerThatHasAllOfTheLastNotificationGetsTheRestWithTheNext() {
    put("first");
    long horizon = reached(waits(0));
    put("second");
    assertThat(ids(waits(horizon))).isEmpty();
    assertThat(ids(ask(horizon, 0))).as("a peer that does not wait").containsExactly("second");
    timer.advance(10);
    assertThat(ids(waits(horizon))).containsExactly("second");
  }

  @Test
  void peersThatAskTheSameAtTheSameMomentShareAnAnswer() {
    put("first");
    DeltaResponse first = waits(0);
    assertThat(waits(0)).isSameAs(first);
    timer.advance(6);
    assertThat(waits(0)).isNotSameAs(first);
  }

  @Test
  void anEmptyAnswerIsNotShared() {
    assertThat(ids(waits(0))).isEmpty();
    put("first");
    assertThat(ids(waits(0))).containsExactly("first");
  }

  @Test
  void aNotificationBringsTheAnswerToThePeersThatWait() {
    assertThat(ids(waits(0))).isEmpty();
    put("first");
    assertThat(along(0)).containsExactly("first");
    assertThat(published.get(0).answerTo(request(0, 20_000).repeated())).isPresent();
    assertThat(published.get(0).answerTo(request(1, 20_000).repeated())).isEmpty();
    assertThat(waits(0)).isSameAs(published.get(0).answer().orElseThrow().response());
  }

  @Test
  void aNotificationBringsWhatWasGatheredSinceTheLast() {
    assertThat(ids(waits(0))).isEmpty();
    put("first");
    long horizon = reached(waits(0));
    put("second");
    put("third");
    assertThat(ids(waits(horizon))).isEmpty();
    timer.advance(10);
    assertThat(along(1)).containsExactly("second", "third");
  }

  @Test
  void aNotificationBringsNoAnswerThatWasNotWaitedForSinceTheLast() {
    assertThat(ids(waits(0))).isEmpty();
    put("first");
    timer.advance(50);
    put("second");
    assertThat(published.get(1).answer()).isEmpty();
  }

  @Test
  void aPeerThatDoesNotWaitGetsNothingWithANotification() {
    assertThat(ids(ask(0, 0))).isEmpty();
    put("first");
    assertThat(published.get(0).answer()).isEmpty();
  }

  @Test
  void aPeerThatDoesNotKnowDrainsGetsAnAnswerOfItsOwn() {
    put("first");
    registry.drains().put(new Selector.OfService("t"), "{}".getBytes(StandardCharsets.UTF_8), 0);
    notifier.upTo(registry.last());
    timer.advance(10);
    DeltaRequest old = request(0, 20_000);
    DeltaRequest present =
        new DeltaRequest(Optional.empty(), old.target(), Dialect.V2_DRAINS, old.pageBytesMax());
    assertThat(ids(responses.answer(present, Optional.empty(), 300_000)))
        .containsExactly("first", "t");
    assertThat(ids(responses.answer(old, Optional.empty(), 300_000))).containsExactly("first");
  }

  @Test
  void aPeerThatDoesNotKnowDrainsGetsNothingToCompareWhileThereAreSome() {
    assertThat(checked(Set.of(Handshake.VIEW_RULE)).view()).isPresent();
    registry.drains().put(new Selector.OfService("t"), "{}".getBytes(StandardCharsets.UTF_8), 0);
    assertThat(checked(Set.of(Handshake.VIEW_RULE)).view()).isEmpty();
    assertThat(checked(Set.of(Handshake.VIEW_RULE, Handshake.DRAIN_RULE)).view())
        .isPresent();
  }

  private DeltaResponse checked(Set<String> can) {
    Handshake peer = new Handshake(new NodeId("b", "life-b"), 1, "", can, "");
    DeltasTarget target = new DeltasTarget(Digest.of("a", 0), 0, true);
    return responses.answer(
        new DeltaRequest(
            Optional.of(new PeerIdentities.Claim(peer, "h")), target, Dialect.V2, 100_000),
        Optional.empty(),
        300_000);
  }
}

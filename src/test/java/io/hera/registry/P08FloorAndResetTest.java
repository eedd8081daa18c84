package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Rule P8, floor and reset, and the failures that it prevents. */
class P08FloorAndResetTest extends ThreeNodes {
  private void forgetEverything(long clockStep) {
    a.put("s/old", "{}");
    a.put("s/1", "{\"life\":1}");
    b.pull(a);
    a.wipe();
    a.registry().recovered();
    a.clocks.step(clockStep);
    a.put("s/1", "{\"life\":2}");
  }

  @Test
  void anAskerThatHasSeenLaterVersionsGetsAllEntriesAboveThem() {
    forgetEverything(-20_000);
    OriginDelta part = a.answer("a", NOW).get(0);
    assertThat(part.reset()).isTrue();
    assertThat(part.from()).isZero();
    assertThat(part.entries()).extracting(Entry::version).containsExactly(NOW + 1);
    b.pull(a);
    assertThat(b.get("s/1")).isEqualTo("{\"life\":2}");
  }

  @Test
  void manyClaimsCauseOneRestampAndTheLastOneIsMadeGoodLater() {
    forgetEverything(-20_000);
    a.answer("a", NOW - 50);
    a.answer("a", NOW);
    assertThat(a.version("a", "s/1")).isEqualTo(NOW - 49);
    b.pull(a);
    a.advance(5_000);
    b.pull(a);
    assertThat(b.get("s/1")).isEqualTo("{\"life\":2}");
  }

  @Test
  void aClaimAboutTheFutureIsIgnoredAndCounted() {
    a.put("s/1", "{}");
    assertThat(a.answer("a", NOW + SKEW / 2 + 1)).isEmpty();
    assertThat(a.answer("a", Long.MAX_VALUE)).isEmpty();
    assertThat(a.refused(Refusal.FUTURE_DIGEST)).isEqualTo(2);
    assertThat(a.horizon("a")).isEqualTo(NOW);
    assertThat(a.answer("a", NOW + SKEW / 2)).hasSize(1);
  }

  @Test
  void aNodeThatLearnsOfItsFormerLifeByPullingRestampsItsEntries() {
    forgetEverything(-20_000);
    a.pull(b);
    a.advance(250);
    b.advance(250);
    b.pull(a);
    assertThat(b.get("s/1")).isEqualTo("{\"life\":2}");
    assertThat(a.get("s/1")).isEqualTo("{\"life\":2}");
  }

  @Test
  void aHiddenEntryIsNotRestamped() {
    a.put("s/2", "{}");
    b.pull(a);
    b.delete("s/2");
    a.pull(b);
    a.answer("a", NOW + 1_000);
    assertThat(a.view()).isEmpty();
  }
}

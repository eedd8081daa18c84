package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Rule P3, bounded future, and the failures that it prevents. */
class P03BoundedFutureTest extends ThreeNodes {
  @Test
  void aVersionAtTheBoundIsAccepted() {
    Merged merged = give(a, "b", 0, NOW + SKEW, entry("s/1", "{}", NOW + SKEW));
    assertThat(merged.applied()).isOne();
    assertThat(a.horizon("b")).isEqualTo(NOW + SKEW);
  }

  @Test
  void anEntryBeyondTheBoundIsNotAppliedAndMovesNoHorizon() {
    long year = NOW + 365L * 86_400_000;
    Merged merged = give(a, "b", 0, year, entry("s/1", "{}", NOW - 5), entry("s/2", "{}", year));
    assertThat(merged).isEqualTo(new Merged(1, 0, 0, 1, 1));
    assertThat(a.horizon("b")).isEqualTo(NOW - 5);
    assertThat(a.answer("b", 0)).extracting(OriginDelta::to).containsExactly(NOW - 5);
  }

  @Test
  void anEmptyPartWithABoundInTheFutureMovesNoHorizon() {
    give(a, "b", 0, NOW, entry("s/1", "{}", NOW));
    give(a, "b", NOW, NOW + SKEW + 1);
    assertThat(a.horizon("b")).isEqualTo(NOW);
    assertThat(a.refused(Refusal.FUTURE_VERSION)).isOne();
  }

  @Test
  void entriesAcceptedByAWrongClockAreDroppedOnceItIsCorrected() {
    a.clocks.step(1_000_000);
    give(a, "b", 0, NOW + 900_000, entry("s/1", "{}", NOW), entry("s/2", "{}", NOW + 900_000));
    a.clocks.step(-1_000_000);
    a.advance(250);
    assertThat(a.service("s")).containsOnlyKeys("1");
    assertThat(a.horizon("b")).isZero();
    assertThat(a.kinds).endsWith(Change.Kind.DROPPED).doesNotContain(Change.Kind.EXPIRED);
  }
}

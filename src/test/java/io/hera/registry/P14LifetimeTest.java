package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.TestLimits;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rule P14: how long a restored registration lives, and what confirms it. */
class P14LifetimeTest extends RestartedNodes {
  @Test
  void aRegistrationThatIsNotRenewedLivesForOneGrace() {
    a.put("s/1", "{}");
    a.advance(LIVENESS - 1_000);
    restart(a, a.save());
    a.advance(LIVENESS - 1_000);
    assertThat(a.get("s/1")).isNotNull();
    a.advance(LOT + 2_000);
    assertThat(a.get("s/1")).isNull();
  }

  /** A node of 2012 passes on entries of five minutes, whether they have ended or not. */
  @Test
  void aCopyThatIsOlderThanItsTtlNeitherConfirmsNorEndsARegistration() {
    a.put("s/1", "{}");
    long version = a.registry().last();
    restart(a, a.save());
    give(a, "a", 0, version, entry("s/1", "{}", version, LIVENESS + 1, LIVENESS));
    assertThat(a.get("s/1")).isNotNull();
    assertThat(restored(a)).isOne();
  }

  @Test
  void theGraceIsNoLongerThanTheTtl() {
    a.put("s/1", "{}", 10_000);
    a.advance(9_000);
    restart(a, a.save());
    a.advance(9_500);
    assertThat(a.get("s/1")).isNotNull();
    a.advance(2_000);
    assertThat(a.get("s/1")).isNull();
  }

  @Test
  void aLongTtlKeepsItsRest() {
    a.put("s/1", "{}", 10 * LIVENESS);
    a.advance(LIVENESS);
    restart(a, a.save());
    a.advance(9 * LIVENESS - 1_000);
    assertThat(a.get("s/1")).isNotNull();
    a.advance(LIVENESS);
    assertThat(a.get("s/1")).isNull();
  }

  /** Neither the grace nor the time by lot is given again. */
  @Test
  void restartsInARowProlongNothing() {
    for (int i = 0; i < 50; i++) {
      a.put("s/" + i, "{}");
    }
    restart(a, a.save());
    for (int i = 0; i < 5; i++) {
      restart(a, a.save());
      a.advance(LIVENESS / 5);
    }
    a.advance(LOT + 1_000);
    assertThat(a.view()).isEmpty();
  }

  @Test
  void notAllRestoredRegistrationsEndAtOnce() {
    for (int i = 0; i < 100; i++) {
      a.put("s/" + i, "{}");
    }
    restart(a, a.save());
    a.advance(LIVENESS + LOT / 2);
    assertThat(a.view().size()).isBetween(20, 80);
  }

  @Test
  void aRenewedTtlThatWasTheLivenessIsTheLivenessOfNow() {
    a.put("s/1", "{}");
    List<OriginDelta> saved = a.save();
    a.configure(Set.of("a", "b", "c"), TestLimits.lifetimes(60_000, 1_000, 86_400_000));
    restart(a, saved);
    a.renew("s/1");
    a.advance(61_000);
    assertThat(a.view()).isEmpty();
  }

  /** The clients register at another node, with this ttl, after the restart. */
  private void hideRestoredEntries(long ttlMillis) {
    for (int i = 0; i < 100; i++) {
      b.put("s/" + i, "{\"old\":1}");
    }
    a.pull(b);
    restart(a, a.save());
    for (int i = 0; i < 100; i++) {
      a.put("s/" + i, "{\"new\":1}", ttlMillis);
    }
  }

  @Test
  void aRestoredEntryThatANewerOneHidesIsNotShownWhenThatEnds() {
    hideRestoredEntries(LIVENESS);
    a.advance(LIVENESS - 1_000);
    assertThat(a.view()).hasSize(100);
    a.advance(2_000);
    assertThat(a.view()).isEmpty();
  }

  /** Such an entry may live longer than any ttl that the node has met. */
  @Test
  void aShortLivedEntryHidesARestoredOneUntilThatEnds() {
    hideRestoredEntries(1_000);
    a.advance(2_000);
    for (int i = 0; i < 110; i++) {
      assertThat(a.view()).isEmpty();
      a.advance(LIVENESS / 100);
    }
  }

  // What confirms it.

  @Test
  void aRenewalConfirms() {
    a.put("s/1", "{}");
    restart(a, a.save());
    assertThat(a.renew("s/1")).isEqualTo(Outcome.DONE);
    assertThat(restored(a)).isZero();
    assertThat(a.registry().view().restoredCount("s")).isZero();
    a.advance(LIVENESS - 1_000);
    restart(a, a.save());
    a.advance(LIVENESS - 1_000);
    assertThat(a.get("s/1")).as("again one grace").isNotNull();
  }

  @Test
  void aPeerThatHoldsTheEntryConfirmsItAndItsAgeCounts() {
    a.put("s/1", "{}");
    b.put("s/2", "{}");
    b.pull(a);
    a.pull(b);
    List<OriginDelta> saved = a.save();
    List.of(a, b).forEach(node -> node.advance(LIVENESS - 5_000));
    a.restart(saved);
    a.takeBack(b);
    begin(a);
    a.pull(b);
    assertThat(restored(a)).isZero();
    assertThat(a.view()).hasSize(2);
    a.advance(6_000);
    assertThat(a.view()).isEmpty();
  }

  @Test
  void aPeerThatHasRestoredTheSameEntryConfirmsNothing() {
    a.put("s/1", "{}");
    b.pull(a);
    List<OriginDelta> savedA = a.save();
    List<OriginDelta> savedB = b.save();
    a.restart(savedA);
    b.restart(savedB);
    a.takeBack(b);
    b.takeBack(a);
    begin(a);
    begin(b);
    a.pull(b);
    b.pull(a);
    assertThat(a.view()).hasSize(1);
    assertThat(b.view()).hasSize(1);
    assertThat(restored(a)).isOne();
    assertThat(restored(b)).isOne();
    a.renew("s/1");
    b.pull(a);
    assertThat(restored(b)).isZero();
  }

  @Test
  void anOriginThatHasRestoredItsEntryLaterProlongsNothingElsewhere() {
    a.put("s/1", "{}");
    b.pull(a);
    List<OriginDelta> savedA = a.save();
    restart(b, b.save());
    b.advance(LIVENESS / 2);
    restart(a, savedA);
    b.pull(a);
    assertThat(b.get("s/1")).isNotNull();
    b.advance(LIVENESS / 2 + LOT + 2_000);
    assertThat(b.get("s/1")).isNull();
  }
}

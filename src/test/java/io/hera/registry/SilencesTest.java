package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Silence.Extent;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Instances that are not renewed, before they expire. */
class SilencesTest extends RestartedNodes {
  private static final long HALF = LIVENESS / 2;
  private static final long TICK = 2 * Registry.PURGE_INTERVAL_MILLIS;

  private static SilentStats stats(TestNode node) {
    return node.registry().stats().silent();
  }

  private static int silent(TestNode node) {
    return stats(node).instances();
  }

  private void register(int count) {
    for (int i = 0; i < count; i++) {
      a.put("s/" + i, "{}");
    }
  }

  @Test
  void anInstanceIsSilentFromTheMiddleOfItsTtlUntilItIsRenewed() {
    a.put("s/1", "{}");
    a.advance(HALF - TICK);
    assertThat(silent(a)).isZero();
    a.advance(2 * TICK);
    assertThat(stats(a).worst()).containsExactly(new Silence("s", Extent.SOME, 1, 1, 0));
    a.renew("s/1");
    assertThat(stats(a)).isEqualTo(new SilentStats(0, 0, List.of(), 0));
  }

  @Test
  void aRenewedInstanceIsSilentAgainAfterHalfOfItsTtl() {
    a.put("s/1", "{}");
    a.advance(HALF + TICK);
    a.renew("s/1");
    a.advance(HALF - TICK);
    assertThat(silent(a)).isZero();
    a.advance(2 * TICK);
    assertThat(silent(a)).isEqualTo(1);
  }

  @Test
  void anInstanceThatIsRenewedInTimeIsNeverSilent() {
    a.put("s/1", "{}");
    for (int i = 0; i < 20; i++) {
      a.advance(LIVENESS / 3);
      assertThat(silent(a)).isZero();
      a.renew("s/1");
    }
  }

  @Test
  void aTtlThatTheClientChoseIsHalvedToo() {
    a.put("s/1", "{}", 10_000);
    a.put("s/2", "{}", 10 * LIVENESS);
    a.advance(5_000 + TICK);
    assertThat(silent(a)).isEqualTo(1);
    a.renew("s/1");
    a.put("s/1", "{}", 60_000);
    a.advance(20_000);
    assertThat(silent(a)).as("the ttl is longer now").isZero();
    a.advance(5 * LIVENESS);
    assertThat(stats(a).worst()).containsExactly(new Silence("s", Extent.SOME, 1, 1, 0));
  }

  @Test
  void silenceHidesNothingAndKeepsNothing() {
    a.put("s/1", "{}");
    a.advance(LIVENESS - TICK);
    assertThat(a.get("s/1")).isEqualTo("{}");
    a.advance(2 * TICK);
    assertThat(a.get("s/1")).isNull();
    assertThat(stats(a)).isEqualTo(new SilentStats(0, 0, List.of(), 0));
  }

  @Test
  void onlyTheNodeThatAcceptedARegistrationJudgesIt() {
    a.put("s/1", "{}");
    b.pull(a);
    advanceAll(HALF + TICK);
    assertThat(silent(a)).isEqualTo(1);
    assertThat(silent(b)).isZero();
  }

  @Test
  void anInstanceThatHasMovedToAnotherNodeIsNotSilent() {
    a.put("s/1", "{}");
    a.put("s/2", "{}");
    b.pull(a);
    advanceAll(HALF + TICK);
    b.renew("s/1");
    a.pull(b);
    assertThat(stats(a).worst()).containsExactly(new Silence("s", Extent.SOME, 1, 1, 0));
    b.delete("s/2");
    a.pull(b);
    assertThat(silent(a)).isZero();
  }

  @Test
  void aPauseOfTheNodeIsNoSilence() {
    a.put("s/1", "{}");
    a.pause(LIVENESS);
    a.advance(HALF - TICK);
    assertThat(silent(a)).isZero();
    a.advance(2 * TICK);
    assertThat(silent(a)).isEqualTo(1);
  }

  @Test
  void anAdoptedInstanceHasHalfOfItsRestToBeHeard() {
    a.put("s/1", "{}");
    b.pull(a);
    advanceAll(LIVENESS - 60_000);
    a.wipe();
    a.pull(b);
    a.registry().recovered();
    a.advance(30_000 - TICK);
    assertThat(a.get("s/1")).isNotNull();
    assertThat(silent(a)).as("this process could not hear it").isZero();
    a.advance(2 * TICK);
    assertThat(silent(a)).isEqualTo(1);
  }

  @Test
  void aRestoredInstanceHasHalfOfItsGraceToBeHeard() {
    a.put("s/1", "{}");
    a.advance(LIVENESS - 1_000);
    restart(a, a.save());
    a.advance(HALF - TICK);
    assertThat(silent(a)).isZero();
    a.advance(LOT + 2 * TICK);
    assertThat(silent(a)).isEqualTo(1);
    a.renew("s/1");
    assertThat(silent(a)).isZero();
  }

  @Test
  void theListenerIsNotifiedOnceWhenHalfOfAServiceIsSilentAndWhenThatIsOver() {
    register(6);
    a.advance(HALF - TICK);
    long before = a.clocks.millis();
    a.renew("s/5");
    a.advance(2 * TICK);
    assertThat(a.silences).hasSize(1);
    Silence began = a.silences.get(0);
    assertThat(began.extent()).isEqualTo(Extent.MOST);
    assertThat(began.silent()).isEqualTo(3);
    assertThat(began.shown()).isEqualTo(6);
    assertThat(began.sinceMillis()).isBetween(before, a.clocks.millis());
    assertThat(stats(a).worst())
        .containsExactly(new Silence("s", Extent.MOST, 5, 6, began.sinceMillis()));
    a.renew("s/0");
    a.renew("s/1");
    a.renew("s/2");
    assertThat(a.silences).as("two of six are a third").hasSize(1);
    a.renew("s/3");
    assertThat(a.silences.get(1))
        .isEqualTo(new Silence("s", Extent.SOME, 1, 6, began.sinceMillis()));
    assertThat(stats(a).services()).isZero();
  }

  @Test
  void twoInstancesAreTooFewToNotify() {
    register(2);
    a.advance(HALF + TICK);
    assertThat(stats(a).worst()).containsExactly(new Silence("s", Extent.SOME, 2, 2, 0));
    assertThat(a.silences).isEmpty();
  }

  @Test
  void threeOfManyAreTooFewUntilTheOthersHaveGone() {
    register(7);
    a.advance(HALF - TICK);
    for (int i = 3; i < 7; i++) {
      a.renew("s/" + i);
    }
    a.advance(2 * TICK);
    assertThat(a.silences).isEmpty();
    a.delete("s/6");
    assertThat(a.silences).singleElement().extracting(Silence::shown).isEqualTo(6);
  }

  @Test
  void theExpiryOfAllEndsTheSilence() {
    register(3);
    a.advance(LIVENESS + TICK);
    assertThat(a.silences).extracting(Silence::extent).containsExactly(Extent.MOST, Extent.SOME);
    assertThat(a.silences.get(1).silent()).isZero();
  }

  @Test
  void theWorstServicesAreListedAndTheOthersCounted() {
    for (int i = 0; i < 30; i++) {
      a.put("few-" + i + "/1", "{}");
    }
    for (int i = 0; i < 4; i++) {
      a.put("most/" + i, "{}");
    }
    for (int i = 0; i < 5; i++) {
      a.put("some/" + i, "{}");
    }
    a.advance(HALF - TICK);
    for (int i = 0; i < 10; i++) {
      a.put("some/later-" + i, "{}");
    }
    a.advance(2 * TICK);
    SilentStats stats = stats(a);
    assertThat(stats.instances()).isEqualTo(39);
    assertThat(stats.services()).isEqualTo(1);
    assertThat(stats.worst()).hasSize(Silences.LISTED_MAX);
    assertThat(stats.worst()).extracting(Silence::service).startsWith("most", "some", "few-0");
    assertThat(stats.leftOut()).isEqualTo(32 - Silences.LISTED_MAX);
  }

  @Test
  void eachNumberIsThatOfAWalkOverAllEntries() {
    for (int step = 0; step < 400; step++) {
      int i = step * 31 % 40;
      switch (step % 7) {
        case 0, 1, 2 -> a.put("s-" + i % 3 + "/" + i, "{}", 2_000 + 500L * (i % 9));
        case 3 -> a.renew("s-" + i % 3 + "/" + i);
        case 4 -> b.put("s-" + i % 3 + "/" + i, "{}", 3_000);
        case 5 -> a.delete("s-" + i % 3 + "/" + i);
        default -> a.pull(b);
      }
      advanceAll(250);
      assertThat(silent(a)).as("step %d", step).isBetween(winners(TICK), winners(0));
    }
  }

  /** Returns the own winners that are older than half of their ttl, by more than {@code millis}. */
  private int winners(long millis) {
    int found = 0;
    Registry registry = a.registry();
    for (Slot slot = registry.membership.own().oldest(); slot != null; slot = slot.newer) {
      long age = registry.time.millisOf(slot.replica) - slot.deadlineMillis + slot.ttlMillis;
      boolean old = slot.registered() && age > slot.ttlMillis / 2 + millis;
      found += old && slot.service.winner(slot.id) == slot ? 1 : 0;
    }
    return found;
  }
}

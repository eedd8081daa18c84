package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.TestLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rule P5, contiguity, and the failures that it prevents. */
class P05ContiguityTest extends ThreeNodes {
  @Test
  void aPartThatBeginsAboveTheHorizonIsRefusedWhole() {
    Merged merged = give(a, "b", NOW - 10, NOW, entry("s/1", "{}", NOW));
    assertThat(merged.refused()).isOne();
    assertThat(a.view()).isEmpty();
    assertThat(a.horizon("b")).isZero();
    assertThat(a.refused(Refusal.GAP)).isOne();
  }

  @Test
  void aPullInSmallPagesGetsEverything() {
    for (int i = 0; i < 40; i++) {
      a.put("s/" + i, "{}");
      if (i % 3 == 0) {
        a.answer("a", 0);
      }
    }
    a.pageBytesMax = 0;
    assertThat(b.pull(a)).isEqualTo(14);
    assertThat(b.view()).hasSize(40);
  }

  @Test
  void aNodeAnswersForOtherOriginsUpToItsHorizonOnly() {
    b.configure(Set.of("a", "b", "c"), capped(1));
    give(b, "a", 0, NOW, entry("s/1", "{}", NOW - 2), entry("s/2", "{}", NOW - 1));
    give(b, "a", NOW - 1, NOW, entry("s/1", "{\"n\":2}", NOW));
    assertThat(b.horizon("a")).isEqualTo(NOW - 2);
    assertThat(b.answer("a", 0)).singleElement().satisfies(part -> {
      assertThat(part.to()).isEqualTo(NOW - 2);
      assertThat(part.entries()).isEmpty();
    });
  }

  @Test
  void aRefusedEntryIsAskedForAgainAndDoesNotStopThePull() {
    b.configure(Set.of("a", "b", "c"), capped(1));
    a.put("s/1", "{}");
    a.answer("a", 0);
    a.put("s/2", "{}");
    a.answer("a", 0);
    b.pull(a);
    a.put("s/1", "{\"n\":2}");
    b.pull(a);
    assertThat(b.view()).isEqualTo(Map.of("s/1", "{\"n\":2}"));
    b.configure(Set.of("a", "b", "c"), TestLimits.DEFAULT);
    b.pull(a);
    assertThat(b.view()).isEqualTo(a.view());
    assertThat(b.horizon("a")).isEqualTo(a.horizon("a"));
    assertThat(b.registry().stats().origins().get("a").frozen()).isEmpty();
  }

  /** Returns in which of many pulls b asks again for what it refused of a. */
  private List<Integer> pullsThatAskAgain(int pulls) {
    List<Integer> asking = new ArrayList<>();
    for (int pull = 1; pull <= pulls; pull++) {
      b.advance(1_000);
      if (b.registry().digest("a").horizons().get("a") < a.horizon("a")) {
        asking.add(pull);
        b.pull(a);
      }
    }
    return asking;
  }

  private void refuseAtB() {
    b.configure(Set.of("a", "b", "c"), capped(1));
    a.put("s/1", "{}");
    a.answer("a", 0);
    a.put("s/2", "{}");
    b.pull(a);
    assertThat(b.view()).containsOnlyKeys("s/1");
  }

  @Test
  void aFrozenOriginIsAskedForMoreAndMoreRarely() {
    refuseAtB();
    assertThat(pullsThatAskAgain(100)).hasSizeBetween(3, 8).startsWith(1);
    assertThat(b.registry().stats().origins().get("a").frozen())
        .contains(new RegistryStats.Frozen(NOW, Refusal.CAPACITY));
  }

  /** The pages before the refused entry complete the horizon, which ends the freeze for a moment. */
  @Test
  void aFrozenOriginIsAskedForAsRarelyIfItsPullsHaveManyPages() {
    b.configure(Set.of("a", "b", "c"), capped(2));
    a.pageBytesMax = 0;
    for (String id : List.of("1", "2", "3")) {
      a.put("s/" + id, "{}");
      a.answer("a", 0);
    }
    b.pull(a);
    List<Integer> asking = new ArrayList<>();
    for (int pull = 1; pull <= 100; pull++) {
      b.advance(1_000);
      a.advance(1_000);
      for (String id : List.of("1", "2", "3")) {
        a.put("s/" + id, "{}");
        a.answer("a", 0);
      }
      long held = b.horizon("a");
      if (b.pull(a) > 0 && b.horizon("a") > held) {
        asking.add(pull);
      }
    }
    assertThat(asking).hasSizeBetween(3, 8).startsWith(1);
  }

  @Test
  void anOriginWithAVersionFromTheFutureIsAskedForAtEveryPull() {
    b.configure(Set.of("a", "b", "c"), capped(1));
    a.put("s/1", "{}");
    b.pull(a);
    give(b, "a", NOW, NOW + 2 * SKEW, entry("s/2", "{}", NOW + 2 * SKEW));
    for (int pull = 0; pull < 10; pull++) {
      assertThat(b.registry().digest("a").horizons()).containsEntry("a", NOW);
      give(b, "a", NOW, NOW + 2 * SKEW, entry("s/2", "{}", NOW + 2 * SKEW));
    }
  }

  @Test
  void aFrozenOriginIsAskedForWithinHalfOfLiveness() {
    refuseAtB();
    pullsThatAskAgain(100);
    b.advance(LIVENESS / 2);
    assertThat(b.registry().digest("a").horizons().get("a")).isLessThan(a.horizon("a"));
  }

  @Test
  void aFrozenOriginIsAskedForAtOnceWhenThereIsRoomAgain() {
    refuseAtB();
    pullsThatAskAgain(100);
    b.delete("s/1");
    b.pull(a);
    assertThat(b.view()).containsOnlyKeys("s/2");
  }

  @Test
  void originsThatWereNotAskedForAreNeitherAppliedNorAnswered() {
    OriginDelta part = new OriginDelta("x", 0, NOW, false, List.of(entry("s/1", "{}", NOW)));
    assertThat(a.registry()
            .merge(new Delta(List.of(part)), Set.of("a", "b"), Set.of("a", "b"))
            .refused())
        .isOne();
    assertThat(a.answer("x", 0)).isEmpty();
    assertThat(a.refused(Refusal.UNKNOWN_ORIGIN)).isOne();
  }
}

package io.hera.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Comparison;
import io.hera.registry.Divergence;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When the self-check looks, and what it believes. */
class SelfCheckTest {
  private static final Comparison ALL_SAME = new Comparison(Set.of("a", "b"), Set.of());
  private static final Comparison A_DIFFERS = new Comparison(Set.of("b"), Set.of("a"));
  private static final Comparison NOT_COMPARABLE = new Comparison(Set.of(), Set.of());
  private static final long MINUTE = SelfCheck.INTERVAL_MILLIS;

  private final SelfCheck check = new SelfCheck(MINUTE);

  @Test
  void aCheckIsDueAtFirstAndThenOnceAMinute() {
    assertThat(check.due(0)).isTrue();
    assertThat(check.compared(ALL_SAME, 0)).isEmpty();
    assertThat(check.due(MINUTE - 1)).isFalse();
    assertThat(check.due(MINUTE)).isTrue();
  }

  @Test
  void aDifferenceIsBelievedTheSecondTime() {
    assertThat(check.compared(A_DIFFERS, 0)).isEmpty();
    assertThat(check.due(1)).isTrue();
    assertThat(check.compared(A_DIFFERS, 1)).containsExactly(new Divergence.OfOrigin("a"));
    assertThat(check.due(2)).isFalse();
  }

  @Test
  void aDifferenceThatIsGoneIsForgotten() {
    check.compared(A_DIFFERS, 0);
    assertThat(check.compared(ALL_SAME, 1)).isEmpty();
    assertThat(check.due(2)).isFalse();
    assertThat(check.compared(A_DIFFERS, MINUTE + 1)).isEmpty();
  }

  @Test
  void anOriginThatCannotBeComparedStaysSuspect() {
    check.compared(A_DIFFERS, 0);
    assertThat(check.compared(NOT_COMPARABLE, 1)).isEmpty();
    assertThat(check.due(2)).isTrue();
    assertThat(check.compared(A_DIFFERS, 2)).containsExactly(new Divergence.OfOrigin("a"));
  }

  @Test
  void aDifferenceThatRepairsDoNotMendIsTriedEverMoreRarely() {
    long now = 0;
    for (long interval = MINUTE; interval <= 32 * MINUTE; interval *= 2) {
      now = repair(now);
      assertThat(check.due(now + interval - 1)).isFalse();
      now += interval;
      assertThat(check.due(now)).isTrue();
    }
    now = repair(repair(now));
    assertThat(check.due(now + 64 * MINUTE)).isTrue();

    check.compared(ALL_SAME, now);
    assertThat(check.due(now + MINUTE)).isTrue();
  }

  private long repair(long now) {
    assertThat(check.compared(A_DIFFERS, now)).isEmpty();
    assertThat(check.compared(A_DIFFERS, now)).containsExactly(new Divergence.OfOrigin("a"));
    return now;
  }

  @Test
  void aViewThatDiffersTwiceIsBelievedUnlessAnOriginExplainsIt() {
    Comparison differs = new Comparison(Set.of("a"), Set.of(), Comparison.View.DIFFERS);
    Comparison explained = new Comparison(Set.of(), Set.of("a"), Comparison.View.DIFFERS);
    Comparison same = new Comparison(Set.of("a"), Set.of(), Comparison.View.SAME);

    assertThat(check.compared(explained, 0)).isEmpty();
    assertThat(check.compared(differs, 1)).isEmpty();
    assertThat(check.compared(same, 2)).isEmpty();
    assertThat(check.compared(differs, 3)).isEmpty();
    assertThat(check.due(4)).isTrue();
    assertThat(check.compared(differs, 4)).containsExactly(new Divergence.OfView());
  }
}

package io.hera.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.TestLimits;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Rule P18, drains without an end: nodes that hold one write copies of it. */
class P18LastingDrainsTest {
  private static final long STEP = 1_200;
  /** Longer than the hold after a pause. */
  private static final long AWAKE = 500 * STEP;

  private static final long DAY = TimeUnit.DAYS.toMillis(1);

  private final Clocks clocks = new Clocks();
  private final TestNode a = new TestNode("a", Set.of("a", "b"), TestLimits.DEFAULT, clocks);
  private final TestNode b = new TestNode("b", Set.of("a", "b"), TestLimits.DEFAULT, clocks);

  /**
   * Lets days pass for b, which is held up for most of each (P11), and hears a in the rest; a has died if
   * it is not asked.
   */
  private void passAtB(long days, boolean hears) {
    for (long day = 0; day < days; day++) {
      clocks.pass(DAY - AWAKE);
      for (long passed = 0; passed < AWAKE; passed += STEP) {
        if (hears && passed % (20 * STEP) == 0) {
          b.registry().heard("a", clocks.millis());
        }
        b.purge();
        clocks.pass(STEP);
      }
    }
  }

  @Test
  void aLastingDrainOutlivesTheNodeThatTookIt() {
    b.put("s/1", "{}");
    a.drain("s");
    b.pull(a);
    passAtB(31, true);
    assertThat(b.drains()).containsExactly("s");
    assertThat(b.entries("b")).hasSize(1);
    Registration copy = (Registration) b.entries("b").get(0);
    assertThat(new String(copy.document(), UTF_8))
        .startsWith("{\"command\":")
        .contains("\"reason\":\"test\"");
  }

  @Test
  void aCopyWaitsForAMemberThatIsNotHeardButNotForEver() {
    a.drain("s");
    b.pull(a);
    passAtB(17, false);
    assertThat(b.entries("b")).isEmpty();
    passAtB(10, false);
    assertThat(b.entries("b")).hasSize(1);
    passAtB(4, false);
    assertThat(b.drains()).containsExactly("s");
  }

  @Test
  void aDrainWithAnEndIsNotCopied() {
    a.drain("s", 20 * DAY);
    b.pull(a);
    passAtB(17, true);
    assertThat(b.entries("b")).isEmpty();
  }

  @Test
  void aRemovalEndsACopyThatWasWrittenWithoutIt() {
    b.put("s/1", "{}");
    a.drain("s");
    b.pull(a);
    passAtB(14, true);
    a.undrain("s");
    passAtB(3, true);
    assertThat(b.entries("b")).as("the copy").hasSize(1);
    a.pull(b);
    assertThat(a.drains()).isEmpty();
    b.pull(a);
    b.purge();
    assertThat(b.drains()).isEmpty();
    a.drain("s");
    b.pull(a);
    assertThat(List.of(a.drains(), b.drains())).allMatch(drains -> drains.size() == 1);
  }

  @Test
  void aLaterCommandCountsMoreThanACopyOfAnEarlierOne() {
    a.drain("s");
    b.pull(a);
    passAtB(14, true);
    a.drain("s", 3_600_000);
    passAtB(3, true);
    b.pull(a);
    assertThat(b.registry().drains().all()).allMatch(drain -> drain.endMillis().isPresent());
  }
}

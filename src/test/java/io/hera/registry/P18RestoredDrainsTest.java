package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.TestLimits;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Rule P18, drains that come back with a snapshot after their node has lost its memory. */
class P18RestoredDrainsTest {
  private static final long DAY = TimeUnit.DAYS.toMillis(1);
  private static final long LIVENESS = 30_000;

  private final Clocks clocks = new Clocks();
  private final TestNode a = node("a");
  private final TestNode b = node("b");

  private TestNode node(String name) {
    return new TestNode(name, Set.of("a", "b"), TestLimits.DEFAULT, clocks);
  }

  /** Both processes end; b comes back with {@code snapshot}, and a without anything. */
  private void restartBoth(List<OriginDelta> snapshot) {
    a.wipe();
    a.registry().recovered();
    a.registry().synchronised();
    b.restart(snapshot);
    b.registry().recovered();
  }

  @Test
  void aDrainThatNoPeerReturnsIsGivenToAll() {
    a.drain("s");
    b.pull(a);
    restartBoth(b.save());
    b.pull(a);
    b.registry().synchronised();
    a.pull(b);
    assertThat(a.drains()).containsExactly("s");
    assertThat(b.drains()).containsExactly("s");
  }

  /** A snapshot says nothing of drains: a file of their own has them, and may be lost. */
  @Test
  void aDrainThatItsNodeHasNotSavedComesBackFromAPeer() {
    a.drain("s");
    b.pull(a);
    restartBoth(b.save());
    OriginDelta saved = new OriginDelta("a", 0, clocks.millis(), false, List.of());
    a.restart(List.of(saved));
    a.takeBack(b);
    assertThat(a.drains()).containsExactly("s");
  }

  /** The writes of its new life raise the horizon past the drain. */
  @Test
  void aDrainThatItsNodeHasLostIsGivenToAll() {
    a.drain("s");
    b.pull(a);
    restartBoth(b.save());
    a.put("other/1", "{}");
    b.pull(a);
    b.registry().synchronised();
    a.pull(b);
    assertThat(a.drains()).containsExactly("s");
  }

  @Test
  void aCopyOfADrainWithAnEndHasTheSameEnd() {
    a.drain("s", 20 * DAY);
    b.pull(a);
    List<OriginDelta> snapshot = b.save();
    restartBoth(snapshot);
    b.registry().synchronised();
    a.pull(b);
    assertThat(a.registry().drains().all())
        .singleElement()
        .satisfies(drain -> assertThat(drain.endMillis().getAsLong() - clocks.millis())
            .isBetween(20 * DAY - LIVENESS, 20 * DAY));
  }

  @Test
  void aDrainThatAPeerReturnsIsNotCopied() {
    a.drain("s");
    b.pull(a);
    List<OriginDelta> snapshot = b.save();
    b.restart(snapshot);
    b.registry().recovered();
    b.pull(a);
    b.registry().synchronised();
    assertThat(b.entries("b")).isEmpty();
    assertThat(b.drains()).containsExactly("s");
  }

  @Test
  void aDrainThatOthersHaveEndedIsNotCopied() {
    a.drain("s");
    b.pull(a);
    List<OriginDelta> snapshot = b.save();
    a.undrain("s");
    b.restart(snapshot);
    b.registry().recovered();
    b.pull(a);
    b.registry().synchronised();
    assertThat(b.entries("b")).isEmpty();
    assertThat(b.drains()).isEmpty();
  }

  @Test
  void aRemovalThatIsHeardLaterEndsTheCopyEverywhere() {
    a.drain("s");
    b.pull(a);
    List<OriginDelta> snapshot = b.save();
    a.undrain("s");
    b.restart(snapshot);
    b.registry().recovered();
    b.registry().synchronised();
    assertThat(b.entries("b")).as("the copy").hasSize(1);
    a.pull(b);
    b.pull(a);
    assertThat(a.drains()).isEmpty();
    assertThat(b.drains()).isEmpty();
  }
}

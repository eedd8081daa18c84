package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the wheel returns each slot in time, however often it is scheduled anew. */
class DeadlineWheelTest {
  private static final long DAY = 86_400_000;

  private final DeadlineWheel wheel = new DeadlineWheel();
  private final Replica replica = new Replica("a");
  private final Service service = new Service("s");

  private Slot slot(long deadlineMillis) {
    Slot slot = new Slot(service, "i", replica);
    slot.deadlineMillis = deadlineMillis;
    return slot;
  }

  /** Takes out the slots that are due, and schedules the others anew, as {@link Expiry} does. */
  private List<Slot> expire(long now) {
    List<Slot> due = new ArrayList<>();
    for (Slot slot = wheel.poll(now); slot != null; slot = wheel.poll(now)) {
      if (slot.deadlineMillis > now) {
        wheel.schedule(slot, slot.deadlineMillis);
      } else {
        due.add(slot);
      }
    }
    return due;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void everySlotIsDueOnceAndWithinHalfASecondOfItsDeadline(long seed) {
    Random random = new Random(seed);
    List<Slot> waiting = new ArrayList<>();
    for (long now = 0; now < 4 * DAY; now += random.nextInt(10) == 0 ? 20 * 60_000 : 52_345) {
      if (now < DAY) {
        long far = random.nextInt(4) == 0 ? 3 * DAY : 600_000;
        waiting.add(slot(now + 1 + random.nextLong(far)));
        wheel.schedule(
            waiting.get(waiting.size() - 1), waiting.get(waiting.size() - 1).deadlineMillis);
        Slot moved = waiting.get(random.nextInt(waiting.size()));
        moved.deadlineMillis = now + 1 + random.nextLong(far);
        wheel.schedule(moved, moved.deadlineMillis);
      }
      for (Slot slot : expire(now)) {
        assertThat(waiting.remove(slot)).isTrue();
      }
      long latest = now - 500;
      assertThat(waiting).allMatch(slot -> slot.deadlineMillis > latest);
    }
    assertThat(waiting).isEmpty();
  }

  @Test
  void aDeadlineThatMovesForwardIsMet() {
    Slot slot = slot(100_000);
    wheel.schedule(slot, 100_000);
    slot.deadlineMillis = 1_000;
    wheel.schedule(slot, 1_000);
    assertThat(expire(999)).isEmpty();
    assertThat(expire(1_250)).containsExactly(slot);
  }

  @Test
  void aCancelledSlotIsNeverDue() {
    List<Slot> slots = List.of(slot(10), slot(10), slot(10));
    slots.forEach(slot -> wheel.schedule(slot, 10));
    wheel.cancel(slots.get(1));
    wheel.cancel(slots.get(1));
    assertThat(expire(1_000)).containsExactlyInAnyOrder(slots.get(0), slots.get(2));
  }

  @Test
  void afterAPauseOfADayEachSlotIsPolledOnce() {
    Slot slot = slot(3 * DAY);
    wheel.schedule(slot, slot.deadlineMillis);
    assertThat(wheel.poll(DAY)).isSameAs(slot);
    wheel.schedule(slot, slot.deadlineMillis);
    assertThat(wheel.poll(DAY)).isNull();
  }

  @Test
  void extremeDeadlinesAreAccepted() {
    Slot past = slot(-5);
    Slot never = slot(Long.MAX_VALUE);
    wheel.schedule(past, Long.MIN_VALUE);
    wheel.schedule(never, Long.MAX_VALUE);
    assertThat(expire(0)).containsExactly(past);
    assertThat(expire(10 * DAY)).isEmpty();
  }
}

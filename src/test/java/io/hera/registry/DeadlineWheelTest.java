package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineWheelTest {
  private static final long DAY = 86_400_000;

  private final DeadlineWheel wheel = new DeadlineWheel();
  private final Replica replica = new Replica("a");
  private final Service service = new Service("s");

  private Slot slot(long deadline) {
    Slot slot = new Slot(service, "i", replica);
    slot.deadline = deadline;
    return slot;
  }

  /** What the registry does: what is not due yet goes back. */
  private List<Slot> expire(long now) {
    List<Slot> due = new ArrayList<>();
    for (Slot slot = wheel.poll(now); slot != null; slot = wheel.poll(now)) {
      if (slot.deadline > now) {
        wheel.schedule(slot, slot.deadline);
      } else {
        due.add(slot);
      }
    }
    return due;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void everySlotComesOnceNotBeforeItsDeadlineAndSoonAfter(long seed) {
    Random random = new Random(seed);
    List<Slot> waiting = new ArrayList<>();
    for (long now = 0; now < 4 * DAY; now += random.nextInt(10) == 0 ? 20 * 60_000 : 52_345) {
      if (now < DAY) {
        long far = random.nextInt(4) == 0 ? 3 * DAY : 600_000;
        waiting.add(slot(now + 1 + random.nextLong(far)));
        wheel.schedule(waiting.get(waiting.size() - 1), waiting.get(waiting.size() - 1).deadline);
        Slot moved = waiting.get(random.nextInt(waiting.size()));
        moved.deadline = now + 1 + random.nextLong(far);
        wheel.schedule(moved, moved.deadline);
      }
      for (Slot slot : expire(now)) {
        assertThat(waiting.remove(slot)).isTrue();
      }
      long latest = now - 500;
      assertThat(waiting).allMatch(slot -> slot.deadline > latest);
    }
    assertThat(waiting).isEmpty();
  }

  @Test
  void aDeadlineBroughtForwardIsKept() {
    Slot slot = slot(100_000);
    wheel.schedule(slot, 100_000);
    slot.deadline = 1_000;
    wheel.schedule(slot, 1_000);
    assertThat(expire(999)).isEmpty();
    assertThat(expire(1_250)).containsExactly(slot);
  }

  @Test
  void aCancelledSlotDoesNotCome() {
    List<Slot> slots = List.of(slot(10), slot(10), slot(10));
    slots.forEach(slot -> wheel.schedule(slot, 10));
    wheel.cancel(slots.get(1));
    wheel.cancel(slots.get(1));
    assertThat(expire(1_000)).containsExactlyInAnyOrder(slots.get(0), slots.get(2));
  }

  @Test
  void aPauseOfADayCostsEachSlotOneLook() {
    Slot slot = slot(3 * DAY);
    wheel.schedule(slot, slot.deadline);
    assertThat(wheel.poll(DAY)).isSameAs(slot);
    wheel.schedule(slot, slot.deadline);
    assertThat(wheel.poll(DAY)).isNull();
  }

  @Test
  void anyDeadlineAtAllIsTaken() {
    Slot past = slot(-5);
    Slot never = slot(Long.MAX_VALUE);
    wheel.schedule(past, Long.MIN_VALUE);
    wheel.schedule(never, Long.MAX_VALUE);
    assertThat(expire(0)).containsExactly(past);
    assertThat(expire(10 * DAY)).isEmpty();
  }
}

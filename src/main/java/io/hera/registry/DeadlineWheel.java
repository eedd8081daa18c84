package io.hera.registry;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the slots whose deadline has passed, in time proportional to their number. Owned by {@link Slots}.
 *
 * <p>A timing wheel (Varghese and Lauck 1987) that is lazy in two ways. A renewal, which moves a deadline away, leaves the
 * slot in its bucket: when the hand comes by, the slot is looked at and put further on. And a deadline beyond the rim waits
 * in the last bucket for the next turn, so one ring serves for a ttl of a second and of a day. A slot is thus touched once
 * per turn of the wheel, about four minutes, however often it is renewed.
 */
final class DeadlineWheel {
  private static final int BUCKETS = 1024;
  private static final int TICK_MILLIS = 250;

  private final @Nullable Slot[] buckets = new Slot[BUCKETS];
  /** The next tick to be visited. */
  private int hand;

  /**
   * Sees to it that {@link #poll} gives the slot at {@code dueMillis} or earlier, at most one turn from now.
   *
   * @param dueMillis monotonic time since the registry was made
   */
  void schedule(Slot slot, long dueMillis) {
    int tick = (int) Math.max(hand, Math.min(hand + BUCKETS - 1L, dueMillis / TICK_MILLIS + 1));
    if (slot.visit >= 0 && slot.visit <= tick) {
      return;
    }
    cancel(slot);
    int bucket = tick % BUCKETS;
    Slot next = buckets[bucket];
    slot.visit = tick;
    slot.wheelNext = next;
    if (next != null) {
      next.wheelPrevious = slot;
    }
    buckets[bucket] = slot;
  }

  void cancel(Slot slot) {
    if (slot.visit < 0) {
      return;
    }
    if (slot.wheelPrevious == null) {
      buckets[slot.visit % BUCKETS] = slot.wheelNext;
    } else {
      slot.wheelPrevious.wheelNext = slot.wheelNext;
    }
    if (slot.wheelNext != null) {
      slot.wheelNext.wheelPrevious = slot.wheelPrevious;
    }
    slot.wheelPrevious = null;
    slot.wheelNext = null;
    slot.visit = -1;
  }

  /** Gives those to be looked at with the next tick, when {@link #poll} has given all others: the only ones that may be overdue. */
  void forEachNext(Consumer<Slot> reader) {
    for (Slot at = buckets[hand % BUCKETS]; at != null; at = at.wheelNext) {
      reader.accept(at);
    }
  }

  /**
   * Takes out a slot to be looked at; null when the hand has caught up with {@code nowMillis}. After a pause longer than a
   * turn one turn is enough: it passes every bucket.
   */
  @Nullable
  Slot poll(long nowMillis) {
    int now = (int) (nowMillis / TICK_MILLIS);
    hand = Math.max(hand, now - BUCKETS + 1);
    while (hand <= now) {
      Slot slot = buckets[hand % BUCKETS];
      if (slot != null) {
        cancel(slot);
        return slot;
      }
      hand++;
    }
    return null;
  }
}

package io.hera.registry;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A timing wheel that finds the slots whose deadline has passed, in time proportional to their
 * number (Varghese and Lauck 1987). Owned by {@link Slots}.
 *
 * <p>The wheel is a ring of 1,024 buckets, one per tick of 250 ms; a <i>hand</i> goes round once in
 * about four minutes. It is lazy in two ways:
 *
 * <ul>
 *   <li>A renewal moves a deadline away, and leaves the slot in its bucket. When the hand comes to
 *       that bucket, the caller looks at the deadline and schedules the slot anew.
 *   <li>A deadline beyond the next revolution waits in the last bucket and is scheduled anew from
 *       there. So one ring serves a ttl of a second and a ttl of a day, without a hierarchy of
 *       wheels.
 * </ul>
 *
 * <p>A slot is thus touched once per revolution, however often it is renewed. The price:
 * {@link #poll} returns slots that are not due yet, and its caller has to check each deadline.
 *
 * <p>Buckets are doubly linked lists through the slots themselves, so scheduling and cancelling
 * cost a few assignments and allocate nothing.
 */
final class DeadlineWheel {
  private static final int BUCKETS = 1024;
  private static final int TICK_MILLIS = 250;

  private final @Nullable Slot[] buckets = new Slot[BUCKETS];
  /** The tick whose bucket the next poll empties first. */
  private int hand;

  /**
   * Ensures that {@link #poll} returns the slot at {@code dueMillis}, or earlier. A slot that is
   * scheduled for an earlier tick already stays there.
   *
   * @param dueMillis boot time since the creation of the registry
   */
  void schedule(Slot slot, long dueMillis) {
    int tick = (int) Math.max(hand, Math.min(hand + BUCKETS - 1L, dueMillis / TICK_MILLIS + 1));
    if (slot.scheduled() && slot.wheelTick <= tick) {
      return;
    }
    cancel(slot);
    int bucket = tick % BUCKETS;
    Slot next = buckets[bucket];
    slot.wheelTick = tick;
    slot.wheelNext = next;
    if (next != null) {
      next.wheelPrevious = slot;
    }
    buckets[bucket] = slot;
  }

  /** Removes the slot from the wheel, if it is there. */
  void cancel(Slot slot) {
    if (!slot.scheduled()) {
      return;
    }
    if (slot.wheelPrevious == null) {
      buckets[slot.wheelTick % BUCKETS] = slot.wheelNext;
    } else {
      slot.wheelPrevious.wheelNext = slot.wheelNext;
    }
    if (slot.wheelNext != null) {
      slot.wheelNext.wheelPrevious = slot.wheelPrevious;
    }
    slot.wheelPrevious = null;
    slot.wheelNext = null;
    slot.wheelTick = Slot.NOT_SCHEDULED;
  }

  /**
   * Passes the slots of the next tick to {@code reader}. When {@link #poll} has returned null,
   * these are the only ones whose deadline may have passed.
   */
  void forEachNext(Consumer<Slot> reader) {
    for (Slot at = buckets[hand % BUCKETS]; at != null; at = at.wheelNext) {
      reader.accept(at);
    }
  }

  /**
   * Removes and returns one slot whose deadline may have passed; null when the hand has caught up
   * with {@code nowMillis}. After a pause longer than a revolution, the hand goes round once: it
   * passes every bucket.
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

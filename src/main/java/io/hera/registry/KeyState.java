package io.hera.registry;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of one key of the view, taken before one of its slots changes.
 *
 * @param winner null if there is no entry
 * @param document of the instance; null if the winner is not a registration
 * @param marks of the winner, see {@link ShownMarks}
 * @param ttlMillis of the winner
 * @param acceptedMillis of the winner, boot time
 * @param drainedBy the drains that hide the instance (P18)
 * @param linked whether the slot that changes holds an entry
 */
record KeyState(
    @Nullable Slot winner,
    byte @Nullable [] document,
    int marks,
    long ttlMillis,
    long acceptedMillis,
    List<Drain> drainedBy,
    boolean linked) {
  /** Returns the present state of the slot's key. */
  static KeyState of(Slot slot, int marks) {
    Slot winner = slot.service.winner(slot.id);
    return winner == null
        ? new KeyState(null, null, marks, 0, 0, List.of(), slot.linked())
        : new KeyState(
            winner,
            slot.service.document(slot.id),
            marks,
            winner.ttlMillis,
            winner.acceptedMillis(),
            winner.drainedBy,
            slot.linked());
  }

  /** Whether the slot, which wins now, is new on its key, and takes an instance over from another origin. */
  boolean hasMovedTo(Slot slot) {
    return !linked && winner != null && winner != slot;
  }

  /** Returns the change of the instance when the slot has changed, and {@code after} is its document. */
  Change change(Slot slot, byte @Nullable [] after, Change.Contents contents, long bootMillis) {
    Slot now = slot.service.winner(slot.id);
    Slot cause = after == null || now == null ? slot : now;
    EntryTimes times = after == null
        ? new EntryTimes(cause.version, ttlMillis, bootMillis - acceptedMillis)
        : new EntryTimes(cause.version, cause.ttlMillis, bootMillis - cause.acceptedMillis());
    return new Change(
        new Key(slot.service.name, slot.id),
        document,
        after,
        kind(slot, after),
        cause.replica.origin,
        contents,
        times);
  }

  /** An expiry drops the slot, or leaves a tombstone in it. */
  private Change.Kind kind(Slot slot, byte @Nullable [] after) {
    if (document == null) {
      return Change.Kind.REGISTERED;
    }
    if (after != null) {
      return Arrays.equals(document, after) ? Change.Kind.MOVED : Change.Kind.UPDATED;
    }
    if (slot.state == Slot.State.RETRACTED) {
      return Change.Kind.DROPPED;
    }
    if (slot.state == Slot.State.ABSENT) {
      return Change.Kind.ABSENT;
    }
    boolean expired = !slot.linked() || slot.leftByExpiry;
    return slot == winner && expired ? Change.Kind.EXPIRED : Change.Kind.DEREGISTERED;
  }
}

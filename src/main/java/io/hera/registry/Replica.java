package io.hera.registry;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one origin in version order, with the horizon up to which they are complete. Owned
 * by {@link Membership}.
 *
 * <p><i>Order.</i> It is a doubly linked list through the slots themselves. A new version comes
 * last, so a renewal is an unlink and an append, a delta is a walk over the entries that changed,
 * and a purge is an unlink. An answer to a peer that is far behind begins in the middle of the
 * list. <i>Marks</i> find that place: every {@value #MARK_EVERY}th append is remembered in a sorted
 * index. When a marked slot moves, its mark passes to a neighbour, unless it was the oldest. So at most about
 * {@value #MARK_EVERY} of the slots that stay lie between two marks, whichever instances are
 * renewed and in whatever order. Finding a version costs one look-up in the index and at most a few
 * thousand steps.
 *
 * <p><i>Time.</i> Deadlines of a replica stand on a time scale of its own: boot time,
 * minus the pauses by which the deadlines were extended (P11). Extending all of them is one
 * addition. Two numbers of pauses say whether expired entries are kept after a pause
 * ({@link TurnClock}, which counts the pauses).
 */
final class Replica {
  private static final int MARK_EVERY = 1024;
  private static final int TAIL_STEPS_MAX = 1024;

  final String origin;

  /** Up to where the entries are complete; of the own origin, up to where a snapshot has brought them back (P14). */
  final Horizon horizon = new Horizon();

  private @Nullable Slot oldest;
  private @Nullable Slot newest;
  private final TreeMap<Long, Slot> marks = new TreeMap<>();
  private int appends;
  private int size;
  private int emptyPulls;
  private long sum;
  private int restored;

  private long divergences;
  private long extensionMillis;
  private int pauseAsked;
  private int pauseReleased;

  Replica(String origin) {
    this.origin = origin;
  }

  // Order.

  @Nullable
  Slot oldest() {
    return oldest;
  }

  @Nullable
  Slot newest() {
    return newest;
  }

  /** Returns the version of the newest slot, 0 without slots. */
  long newestVersion() {
    return newest == null ? 0 : newest.version;
  }

  /** Returns the number of slots, registrations and tombstones. */
  int size() {
    return size;
  }

  /** Returns the number of registrations from a snapshot that nothing has confirmed since (P14). */
  int restored() {
    return restored;
  }

  /** Counts a restored registration that came, {@code difference} = 1, or was confirmed or went, −1. */
  void countRestored(int difference) {
    restored += difference;
  }

  /** A pull begins; returns how many have begun since the last slot was removed. */
  int pullWhileEmpty() {
    return ++emptyPulls;
  }

  /**
   * Returns the sum of {@link Slot#hash} over all slots, expired ones included until they are
   * purged.
   */
  long sum() {
    return sum;
  }

  /** Returns the oldest slot with a version above {@code version}. */
  @Nullable
  Slot after(long version) {
    Slot before = atOrBelow(version);
    return before == null ? oldest : before.newer;
  }

  /** Inserts a slot at its version: almost always at the end. */
  void link(Slot slot) {
    linkAfter(atOrBelow(slot.version), slot);
  }

  /** Inserts a slot at its version, which is probably the next one after {@code near}. */
  void link(Slot slot, @Nullable Slot near) {
    boolean isNext = near != null
        && near.linked()
        && near.version <= slot.version
        && (near.newer == null || near.newer.version > slot.version);
    linkAfter(isNext ? near : atOrBelow(slot.version), slot);
  }

  private void linkAfter(@Nullable Slot before, Slot slot) {
    Slot after = before == null ? oldest : before.newer;
    slot.older = before;
    slot.newer = after;
    if (before == null) {
      oldest = slot;
    } else {
      before.newer = slot;
    }
    if (after == null) {
      newest = slot;
    } else {
      after.older = slot;
    }
    size++;
    emptyPulls = 0;
    count(slot, 1);
    mark(slot);
  }

  /** Removes a slot; its version must not have changed since it was linked. */
  void unlink(Slot slot) {
    if (slot.marked) {
      unmark(slot);
    }
    if (slot.older == null) {
      oldest = slot.newer;
    } else {
      slot.older.newer = slot.newer;
    }
    if (slot.newer == null) {
      newest = slot.older;
    } else {
      slot.newer.older = slot.older;
    }
    slot.older = null;
    slot.newer = null;
    size--;
    count(slot, -1);
  }

  /** Adds a slot to the sum, {@code sign} = 1, or takes it out, −1: its entry is replaced at its version. */
  void count(Slot slot, int sign) {
    sum += sign * slot.hash();
  }

  /**
   * Passes the mark to a neighbour, so that the distance between two marks does not grow. The oldest slot is found without one:
   * instances that are renewed in turn would move it each time.
   */
  private void unmark(Slot slot) {
    slot.marked = false;
    marks.remove(slot.version);
    Slot heir = slot.newer == null ? slot.older : slot.newer;
    if (heir != null && slot.older != null && !heir.marked) {
      heir.marked = marks.putIfAbsent(heir.version, heir) == null;
    }
  }

  private void mark(Slot slot) {
    if (++appends % MARK_EVERY == 0) {
      slot.marked = marks.putIfAbsent(slot.version, slot) == null;
    }
  }

  /**
   * Returns the newest slot with a version of at most {@code version}. Most look-ups end near the
   * newest slot, so the search begins there.
   */
  private @Nullable Slot atOrBelow(long version) {
    Slot at = newest;
    for (int steps = 0; at != null && at.version > version; steps++) {
      if (steps == TAIL_STEPS_MAX) {
        return fromMark(version);
      }
      at = at.older;
    }
    return at;
  }

  private @Nullable Slot fromMark(long version) {
    var mark = marks.floorEntry(version);
    Slot below = mark == null ? null : mark.getValue();
    Slot next = below == null ? oldest : below.newer;
    while (next != null && next.version <= version) {
      below = next;
      next = next.newer;
    }
    return below;
  }

  /** Counts that a peer held other entries at the same horizon. */
  void countDivergence() {
    divergences++;
  }

  long divergences() {
    return divergences;
  }

  // Time.

  /** Converts a boot time to the time scale of this replica. */
  long millisAt(long bootMillis) {
    return bootMillis - extensionMillis;
  }

  /** Converts a deadline of this replica to boot time. */
  long dueMillis(long deadlineMillis) {
    return deadlineMillis + extensionMillis;
  }

  /** Moves all deadlines on by {@code millis} (P11). */
  void extend(long millis) {
    extensionMillis += millis;
  }

  /** Returns the pause before which a pull from this origin's node last began. */
  int pauseAsked() {
    return pauseAsked;
  }

  void pauseAsked(int pause) {
    pauseAsked = pause;
  }

  /** Returns the last pause after which this origin was heard from again. */
  int pauseReleased() {
    return pauseReleased;
  }

  void pauseReleased(int pause) {
    pauseReleased = pause;
  }
}

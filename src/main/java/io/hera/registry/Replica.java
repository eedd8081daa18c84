package io.hera.registry;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One origin's entries in version order, and how far they are complete. Owned by {@link Registry}.
 *
 * <p>The order is a doubly linked list through the slots themselves. News comes at the end, so renewing an instance is an
 * unlink and an append, a delta is a walk over what changed, and purging is an unlink. Where a page in the middle of a
 * large replica begins is found through <i>marks</i>: every {@value #MARK_EVERY}th append is remembered in a sorted index.
 * When its slot moves, the mark goes to a neighbour. So whatever is renewed and in whatever order, no more than
 * {@value #MARK_EVERY} or so of the slots that stay lie between two marks, and finding a version costs a logarithm and at
 * most a few thousand steps.
 */
final class Replica {
  private static final int MARK_EVERY = 1024;
  private static final int TAIL_STEPS_MAX = 1024;

  final String origin;

  private @Nullable Slot oldest;
  private @Nullable Slot newest;
  private final TreeMap<Long, Slot> marks = new TreeMap<>();
  private int appends;
  private int size;
  /** Of the shares of all slots in it, see {@link Slot#hash}. */
  private long sum;

  /** The promise (P5): every write of the origin up to here is stored, superseded, deleted or expired. */
  private long horizon;
  /** Up to here deltas were applied in this pull; above the horizon when an entry was refused on the way. */
  private long reached;
  /** How often a peer turned out to hold something else at the same horizon. */
  private long diverged;
  /** P11: how much later than the monotonic clock this replica's time is. */
  private long extensionMillis;

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

  /** How many slots there are, of any state. */
  int size() {
    return size;
  }

  /** Sum of {@link Slot#hash} over all slots, those that have expired and are not purged yet among them. */
  long sum() {
    return sum;
  }

  /** The oldest slot with a version above {@code version}. */
  @Nullable
  Slot after(long version) {
    Slot before = atOrBelow(version);
    return before == null ? oldest : before.newer;
  }

  void link(Slot slot) {
    Slot before = atOrBelow(slot.version);
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
    sum += slot.hash();
    mark(slot);
  }

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
    sum -= slot.hash();
  }

  /** Hands the mark on to a neighbour, so that no more slots lie between two marks than before. */
  private void unmark(Slot slot) {
    slot.marked = false;
    marks.remove(slot.version);
    Slot heir = slot.newer == null ? slot.older : slot.newer;
    if (heir != null && !heir.marked) {
      heir.marked = marks.putIfAbsent(heir.version, heir) == null;
    }
  }

  private void mark(Slot slot) {
    if (++appends % MARK_EVERY == 0) {
      slot.marked = marks.putIfAbsent(slot.version, slot) == null;
    }
  }

  /** The newest slot with a version of at most {@code version}. */
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

  // Completeness.

  long horizon() {
    return horizon;
  }

  /** Up to where the next page continues; at least the horizon. */
  long reached() {
    return reached;
  }

  /** A new pull begins: whatever was refused is asked for again (P5). */
  void retry() {
    reached = horizon;
  }

  /** Everything up to {@code to} has been applied, or refused for good reason. */
  void reach(long to) {
    if (horizon == reached) {
      horizon = Math.max(horizon, to);
    }
    reached = Math.max(reached, to);
  }

  /** An entry of {@code version} was refused: the promise ends at {@code kept}, below it, until it is asked for again. */
  void refuse(long version, long kept) {
    horizon = horizon == reached ? kept : Math.min(horizon, kept);
    reached = Math.max(reached, version);
  }

  /** Nothing is promised any more (P3): everything is asked for again. */
  void forget() {
    horizon = 0;
    reached = 0;
  }

  /** A peer holds something else up to the same horizon. */
  void diverge() {
    diverged++;
  }

  long diverged() {
    return diverged;
  }

  // Time.

  /** This replica's time at the monotonic time {@code monotonicMillis}. */
  long timeAt(long monotonicMillis) {
    return monotonicMillis - extensionMillis;
  }

  /** When, in monotonic time, a deadline of this replica is due. */
  long due(long deadline) {
    return deadline + extensionMillis;
  }

  /** All deadlines move on by {@code millis}. */
  void extend(long millis) {
    extensionMillis += millis;
  }
}

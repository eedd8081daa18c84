package io.hera.registry;

import org.jspecify.annotations.Nullable;

/**
 * Gives own entries new versions (P4, P8), a bounded number of them per turn. Owned by
 * {@link OwnOrigin}.
 *
 * <p>No list of the entries that wait is needed, and none could go stale: they are found by their
 * versions. After a reset of the clock, they are those above {@code last}. Otherwise they are those
 * up to the version that was {@code last} at the beginning; it is sealed, so that new versions lie
 * above it. Writes of clients go on meanwhile, and need no new versions.
 *
 * <p>Restored entries are passed over (P14): one that was deregistered after the snapshot would rise
 * above its own tombstone. So are entries that hide a restored one from the future: their new versions
 * would put the clock ahead again. They wait above {@code last} until the agreed time is right. A removal
 * of a drain is passed over too if it does not win, as its version says when it was commanded (P18).
 *
 * <p>Between two turns, peers see entries with old and with new versions. Either is what the rules
 * allow: an entry that waits is, for peers, where it was before the restamp began.
 */
final class Restamp {
  private final Replica replica;
  private final Slots slots;
  private final HybridClock clock;
  private boolean resets;
  private long upTo;
  /** The entry that was restamped last: the next one comes after it. */
  private @Nullable Slot previous;
  /** The entry that was passed over last. */
  private @Nullable Slot passed;

  private long passedVersion;
  private long versionMax = Long.MAX_VALUE;

  Restamp(Replica replica, Slots slots, HybridClock clock) {
    this.replica = replica;
    this.slots = slots;
    this.clock = clock;
  }

  /** Whether entries wait for new versions. */
  boolean isPending() {
    return resets || upTo > 0;
  }

  /**
   * Restarts the clock at {@code version}; the entries above it are to get new versions (P4). A restamp of all (P8) that has not
   * ended is left with those below: the new versions are below its former end, it would never come to it.
   */
  void reset(long version) {
    clock.reset(version);
    resets = true;
    upTo = Math.min(upTo, version);
    previous = null;
    passed = null;
  }

  /** All entries are to get new versions (P8). */
  void all() {
    upTo = clock.last();
    passed = null;
    clock.seal(upTo);
  }

  /** Sets the largest version that is not from the future (P3). */
  void bound(long version) {
    versionMax = version;
  }

  /** Restamps at most {@code slotsMax} entries. */
  void slice(int slotsMax) {
    int left = slotsMax;
    for (; resets && left > 0; left--) {
      resets = restampAboveLast();
    }
    for (; !resets && upTo > 0 && left > 0; left--) {
      upTo = restampOldest() ? upTo : 0;
    }
    previous = isPending() ? previous : null;
  }

  private boolean restampAboveLast() {
    Slot slot = next(clock.last());
    if (slot != null) {
      restampOrPass(slot);
    }
    return slot != null;
  }

  private boolean restampOldest() {
    Slot slot = next(0);
    boolean waits = slot != null && slot.version <= upTo;
    if (slot != null && waits) {
      restampOrPass(slot);
    }
    return waits;
  }

  /** Returns the oldest entry above {@code version}, behind those that were passed over. */
  private @Nullable Slot next(long version) {
    return passed != null
            && passed.linked()
            && passed.version == passedVersion
            && passedVersion > version
        ? passed.newer
        : replica.after(version);
  }

  private void restampOrPass(Slot slot) {
    if (slot.restored || hidesFuture(slot) || isHiddenRemoval(slot)) {
      passed = slot;
      passedVersion = slot.version;
    } else {
      restamp(slot);
    }
  }

  /** A removal of a drain may be in force below a copy that was written without it (P18). */
  private static boolean isHiddenRemoval(Slot slot) {
    return slot.isDrain() && !slot.registered() && slot.service.winner(slot.id) != slot;
  }

  private boolean hidesFuture(Slot slot) {
    return slot.rival != null && slot.rival.version > versionMax;
  }

  /**
   * A winner stays above the entry that it hides. A hidden entry is dropped: a new version would put
   * it above the entry that hides it.
   */
  private void restamp(Slot slot) {
    if (slot.service.winner(slot.id) != slot) {
      slots.drop(slot);
      return;
    }
    long witnessed = slot.rival == null ? 0 : slot.rival.version;
    slots.restamp(slot, clock.tick(0, witnessed, slot.pageBytes(), 0), previous);
    previous = slot;
  }
}

package io.hera.registry;

/**
 * The purge of entries whose deadline has passed (P10 to P13). Owned by {@link Registry}.
 *
 * <p>Expiry needs no message between nodes, because each node keeps the deadline of each entry.
 * This class decides what a passed deadline means:
 *
 * <ul>
 *   <li>The deadline has moved on since the slot was scheduled, or half of a life is over: the slot
 *       is scheduled anew. An own registration becomes silent there ({@link Silences}).
 *   <li>The entry is of another origin, and the node was held up: it is kept until the node has
 *       heard from that origin again (P11).
 *   <li>A tombstone still hides a registration: it is kept until that registration expires (P12).
 *   <li>Any other tombstone is dropped.
 *   <li>A registration expires, and leaves a tombstone if an older entry may be alive
 *       ({@link Slots}). This also holds for a registration that another origin hides: an older
 *       entry of the same origin may be all that a peer has.
 * </ul>
 *
 * <p>A silent origin makes no difference: its entries expire like any other (P13).
 */
final class Expiry {
  private static final long RETRY_MILLIS = 1_000;

  private final Replica own;
  private final Slots slots;
  private final TurnClock time;
  private final Admission admission;

  private long expired;

  Expiry(Replica own, Slots slots, TurnClock time, Admission admission) {
    this.own = own;
    this.slots = slots;
    this.time = time;
    this.admission = admission;
  }

  /** Returns the number of registrations that have expired here. */
  long expired() {
    return expired;
  }

  /** Purges at most {@code slotsMax} slots; returns whether more may be due. */
  boolean purge(int slotsMax) {
    slots.pass(time.bootMillis());
    for (int purged = 0; purged < slotsMax; purged++) {
      Slot slot = slots.poll(time.bootMillis());
      if (slot == null) {
        return false;
      }
      purge(slot);
    }
    return true;
  }

  /**
   * Expires the registrations of an instance whose deadlines have passed, before their purge has
   * come to them: a client that reads the instance must not get them.
   */
  void expireIfDue(View view, Key key) {
    Slot winner = view.winner(key);
    while (winner != null && expireIfDue(winner)) {
      winner = view.winner(key);
    }
  }

  /** Returns whether it is a registration that expires as soon as its purge comes to it. */
  boolean isDue(Slot slot) {
    boolean held = slot.replica != own && time.holds(slot.replica);
    boolean due = slot.replica.dueMillis(slot.deadlineMillis) <= time.bootMillis();
    return slot.registered() && due && !held;
  }

  /** Returns whether the registration has expired. */
  private boolean expireIfDue(Slot slot) {
    if (!isDue(slot)) {
      return false;
    }
    expire(slot);
    return !slot.registered();
  }

  private void purge(Slot slot) {
    boolean foreign = slot.replica != own;
    long dueMillis = slot.replica.dueMillis(slot.deadlineMillis);
    long retryMillis = time.bootMillis() + RETRY_MILLIS;
    if (dueMillis > time.bootMillis()) {
      slots.reschedule(slot, time.bootMillis());
    } else if (foreign && time.holds(slot.replica)) {
      slots.schedule(slot, retryMillis);
    } else if (!slot.registered() && slot.hidesUntilMillis() > 0) {
      slots.prolong(slot, Math.max(slot.hidesUntilMillis(), retryMillis) - dueMillis);
    } else if (!slot.registered()) {
      slots.drop(slot);
    } else {
      expire(slot);
    }
  }

  private void expire(Slot slot) {
    expired += slot.isDrain() || !slot.drainedBy.isEmpty() ? 0 : 1;
    if (admission.roomForExpired(slot)) {
      long acceptedMillis = slot.deadlineMillis - slot.ttlMillis;
      slots.expire(slot, slot.version, slot.ttlMillis, acceptedMillis);
    } else {
      slots.drop(slot);
    }
  }
}

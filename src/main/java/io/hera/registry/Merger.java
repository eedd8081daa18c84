package io.hera.registry;

import org.jspecify.annotations.Nullable;

/**
 * The receiving half of gossip: it applies the deltas of peers (P3, P5, P7, P10). Owned by
 * {@link Registry}.
 *
 * <p>Two things change, by two laws:
 *
 * <ul>
 *   <li><i>Entries.</i> Of two entries of one origin on one key, the later one by a total order
 *       stays (P2). Applying is therefore idempotent, commutative and associative, and pulls from
 *       several peers may interleave.
 *   <li><i>Horizons.</i> A horizon promises that nothing below it is missing. Raising it is not
 *       commutative, so it moves only from where it stands: a part that begins above it is refused
 *       whole. A reset withdraws the promise first, because its origin says that it does not hold
 *       (P7, P8). An entry that is refused keeps the horizon below itself.
 * </ul>
 *
 * <p>The age that comes with an entry gives its deadline; the wall clock of the sender has no part
 * in it. The agreed time bounds how far in the future a version may be (P15).
 */
final class Merger {
  private final Membership membership;
  private final View view;
  private final Slots slots;
  private final HybridClock clock;
  private final TurnClock time;
  private final Admission admission;
  private final Refusals refusals;

  Merger(
      Membership membership,
      View view,
      Slots slots,
      HybridClock clock,
      TurnClock time,
      Admission admission,
      Refusals refusals) {
    this.membership = membership;
    this.view = view;
    this.slots = slots;
    this.clock = clock;
    this.time = time;
    this.admission = admission;
    this.refusals = refusals;
  }

  /**
   * Applies another origin's part of a delta.
   *
   * @param exact whether it has the true ttls and ages (P6)
   */
  Merged apply(OriginDelta part, boolean exact) {
    Replica replica = membership.replica(part.origin());
    if (part.from() > replica.horizon.reached() && !part.reset()) {
      return refused(Refusal.GAP);
    }
    long seen = replica.horizon.version();
    if (part.reset()) {
      replica.horizon.forget();
    }
    Merged merged = Merged.NOTHING;
    long complete = part.from();
    long last = part.from();
    for (Entry entry : part.entries()) {
      complete = entry.version() > last ? last : complete;
      last = entry.version();
      Merged one = hasEnded(replica, entry, seen) ? Merged.STALE : apply(replica, entry);
      if (one.refused() > 0) {
        replica.horizon.refuse(last, complete);
        replica.horizon.freeze().begin(reason(entry), time.nowMillis(), time.bootMillis());
      }
      merged = merged.plus(one);
    }
    countFutureBound(part);
    long to = acceptedHorizon(part);
    replica.horizon.reach(to);
    if (exact) {
      replica.horizon.reachExactly(part.from(), Math.max(last, to));
    }
    time.release(replica);
    return merged;
  }

  /** Whether this node has seen an entry end that its origin has restored since (P14): a reset brings it again. */
  private boolean hasEnded(Replica replica, Entry entry, long seen) {
    return entry instanceof Registration registration
        && registration.restored()
        && entry.version() <= seen
        && view.slot(entry.key(), replica) == null;
  }

  /**
   * Takes back the entries in the own part of a delta, which this node wrote in a former life, at
   * their own versions (P7): a later tombstone that another peer returns still hides them. Skipped
   * are keys that this life has written, and versions that it may have issued.
   */
  Adopted adopt(OriginDelta part) {
    Merged merged = Merged.NOTHING;
    boolean later = false;
    for (Entry entry : part.entries()) {
      if (clock.issued(entry.version())) {
        continue;
      }
      Slot slot = view.slot(entry.key(), membership.own());
      boolean written = slot != null && clock.issued(slot.version);
      boolean hides = slot != null && written && slot.version < entry.version();
      Merged one = written ? Merged.NOTHING : apply(membership.own(), entry);
      later |= entry.version() > clock.first() && (one.applied() > 0 || hides);
      merged = merged.plus(one);
    }
    countFutureBound(part);
    clock.raise(acceptedHorizon(part));
    return new Adopted(merged, later);
  }

  /**
   * The result of an adoption.
   *
   * @param later whether an entry came back with a version above the first one of this life: peers
   *     hold it above own entries
   */
  record Adopted(Merged merged, boolean later) {}

  /**
   * Drops entries of other origins that are from the future by the agreed time (P3): they
   * were accepted while it was wrong. The next pull asks for everything of these origins
   * again.
   *
   * @param slotsMax most entries to drop
   * @return whether there may be more
   */
  boolean dropFuture(int slotsMax) {
    int left = slotsMax;
    for (Replica replica : membership.replicas()) {
      if (replica != membership.own()) {
        left -= dropFuture(replica, left);
      }
    }
    return left <= 0;
  }

  /** Entries from a snapshot stay: it may be this clock that is wrong (P14). */
  private int dropFuture(Replica replica, int slotsMax) {
    boolean wrong = replica.horizon.version() > versionMax();
    int dropped = 0;
    Slot at = replica.newest();
    for (int looked = 0; at != null && at.version > versionMax() && looked < slotsMax; looked++) {
      Slot older = at.older;
      if (!at.restored && !at.buriedBefore) {
        slots.retract(at);
        dropped++;
      }
      at = older;
    }
    if (wrong || dropped > 0) {
      replica.horizon.forget();
    }
    return dropped;
  }

  /** Returns the largest version that is accepted (P3). */
  private long versionMax() {
    return time.nowMillis() + admission.limits().maxSkewMillis();
  }

  /**
   * Returns the version to which a part moves the horizon: its bound, or the largest version in it
   * that is accepted, if the bound is from the future (P3).
   */
  private long acceptedHorizon(OriginDelta part) {
    if (part.to() <= versionMax()) {
      return part.to();
    }
    return part.entries().stream()
        .mapToLong(Entry::version)
        .filter(version -> version <= versionMax())
        .max()
        .orElse(part.from());
  }

  private Refusal reason(Entry refused) {
    return refused.version() > versionMax() ? Refusal.FUTURE_VERSION : Refusal.CAPACITY;
  }

  private void countFutureBound(OriginDelta part) {
    if (part.to() > versionMax()) {
      refusals.count(Refusal.FUTURE_VERSION);
    }
  }

  private Merged apply(Replica replica, Entry entry) {
    if (entry.version() > versionMax()) {
      return refused(Refusal.FUTURE_VERSION);
    }
    Slot slot = view.slot(entry.key(), replica);
    if (slot != null && (slot.isConfirmedBy(entry) || hasNoTtl(slot, entry))) {
      apply(replica, (Registration) entry, slot);
      return Merged.STALE;
    }
    if (entry.version() <= 0 || (slot != null && !slot.isOlderThan(entry))) {
      return Merged.STALE;
    }
    return entry instanceof Registration registration
        ? apply(replica, registration, slot)
        : apply(replica, (Tombstone) entry, slot);
  }

  /** Whether the slot came through a node of 2012, and {@code entry} is the same with its ttl (P6). */
  private boolean hasNoTtl(Slot slot, Entry entry) {
    return !slot.ttlChosen
        && slot.isSameAs(entry)
        && source(((Registration) entry).ttlMillis()) == Slots.TtlSource.CLIENT;
  }

  private Merged apply(Replica replica, Registration entry, @Nullable Slot slot) {
    long age = Math.max(0, entry.ageMillis());
    long ttl = Math.min(admission.peerTtlMaxMillis(entry.key()), entry.ttlMillis());
    long acceptedMillis = time.millisOf(replica) - age;
    Slot winner = view.winner(entry.key());
    if (age >= ttl) {
      if (winner != null && ttl > 0) {
        slots.expire(slots.open(entry.key(), replica), entry.version(), ttl, acceptedMillis);
      }
      return Merged.EXPIRED;
    }
    boolean known = (slot != null && slot.registered()) || (winner != null && winner.registered());
    if (!known && admission.roomFor(entry.key(), entry.document().length) != Outcome.DONE) {
      return refused(Refusal.CAPACITY);
    }
    Slot written = slots.open(entry.key(), replica);
    slots.register(written, entry.document(), entry.version(), source(ttl), ttl, acceptedMillis);
    if (entry.restored()) {
      slots.flagRestored(written);
    }
    return Merged.APPLIED;
  }

  private Merged apply(Replica replica, Tombstone entry, @Nullable Slot slot) {
    long age = Math.max(0, entry.ageMillis());
    long keepMillis = admission.tombstoneKeepMillis(entry.key());
    if (age >= keepMillis) {
      if (slot != null) {
        slots.drop(slot);
      }
      return Merged.EXPIRED;
    }
    if (slot == null && !admission.makeRoomForTombstone(entry.key())) {
      return refused(Refusal.CAPACITY);
    }
    long acceptedMillis = time.millisOf(replica) - age;
    slots.receiveTombstone(
        slots.open(entry.key(), replica), entry.version(), keepMillis, acceptedMillis);
    return Merged.APPLIED;
  }

  /** A delta does not say who chose a ttl; one that differs from {@code liveness} was chosen. */
  private Slots.TtlSource source(long ttlMillis) {
    return ttlMillis == admission.limits().livenessMillis()
        ? Slots.TtlSource.LIVENESS
        : Slots.TtlSource.CLIENT;
  }

  /** Refuses a part of an origin that was not asked for, or not this peer (P16). */
  Merged refuseOrigin() {
    return refused(Refusal.UNKNOWN_ORIGIN);
  }

  private Merged refused(Refusal refusal) {
    refusals.count(refusal);
    return refusal == Refusal.FUTURE_VERSION ? Merged.FUTURE : Merged.REFUSED;
  }
}

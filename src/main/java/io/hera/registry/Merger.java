package io.hera.registry;

import org.jspecify.annotations.Nullable;

/**
 * Applies what peers answer: the receiving half of PROTOCOL P3, P5, P7 and P10. Owned by {@link Registry}.
 *
 * <p>Applying an entry is idempotent, commutative and associative: it keeps the later of two by a total order (P2), so pulls
 * from several peers may interleave as they like. What is not commutative is the horizon, a promise about everything below
 * it, and so it moves only from where it stands: a part that begins above is refused whole.
 */
final class Merger {
  private final Membership membership;
  private final View view;
  private final Slots slots;
  private final HybridClock clock;
  private final TurnClock time;
  private final Admission caps;
  private final Refusals refusals;

  Merger(
      Membership membership,
      View view,
      Slots slots,
      HybridClock clock,
      TurnClock time,
      Admission caps,
      Refusals refusals) {
    this.membership = membership;
    this.view = view;
    this.slots = slots;
    this.clock = clock;
    this.time = time;
    this.caps = caps;
    this.refusals = refusals;
  }

  /** P3: the largest version that is believed. */
  long limit() {
    return time.now() + caps.bounds().maxSkewMillis();
  }

  /** Another origin's part of a delta. */
  Merged apply(OriginDelta part) {
    if (!membership.isMember(part.origin())) {
      return refusals.count(Refusal.UNKNOWN_ORIGIN);
    }
    Replica replica = membership.replica(part.origin());
    if (part.from() > replica.reached() && !part.reset()) {
      return refusals.count(Refusal.GAP);
    }
    Merged merged = Merged.NOTHING;
    long whole = part.from();
    long last = part.from();
    for (Entry entry : part.entries()) {
      whole = entry.version() > last ? last : whole;
      last = entry.version();
      Merged one = apply(replica, entry);
      if (one.refused() > 0) {
        replica.refuse(last, whole);
      }
      merged = merged.plus(one);
    }
    replica.reach(believable(part));
    return merged;
  }

  /**
   * The own part of a delta: entries that this node wrote in an earlier life (P7).
   *
   * @param above versions up to here are this life's own and are not taken from anybody; nor is a word on a key of which
   *     this life has said something. 0 while recovering: then this life has said nothing yet
   */
  Merged adopt(OriginDelta part, long above) {
    Merged merged = Merged.NOTHING;
    for (Entry entry : part.entries()) {
      boolean said = above > 0 && view.slot(entry.key(), membership.own()) != null;
      if (entry.version() > above && !said) {
        merged = merged.plus(apply(membership.own(), entry));
      }
    }
    clock.raise(believable(part));
    return merged;
  }

  /** P3: what was accepted while the own clock was wrong goes, and that origin is asked for everything again. */
  void dropFuture(Replica replica) {
    boolean wrong = replica.horizon() > limit();
    for (Slot at = replica.newest(); at != null && at.version > limit(); at = replica.newest()) {
      slots.drop(at);
      wrong = true;
    }
    if (wrong) {
      replica.forget();
    }
  }

  /** Up to where the part moves a horizon: its bound, if that is no claim on the future (P3). */
  private long believable(OriginDelta part) {
    if (part.to() <= limit()) {
      return part.to();
    }
    refusals.count(Refusal.FUTURE_VERSION);
    return part.entries().stream()
        .mapToLong(Entry::version)
        .filter(version -> version <= limit())
        .max()
        .orElse(part.from());
  }

  private Merged apply(Replica replica, Entry entry) {
    if (entry.version() > limit()) {
      return refusals.count(Refusal.FUTURE_VERSION);
    }
    Slot slot = view.slot(entry.key(), replica);
    if (entry.version() <= 0 || (slot != null && !slot.isOlderThan(entry))) {
      return Merged.STALE;
    }
    return entry instanceof Registration registration
        ? apply(replica, registration, slot)
        : apply(replica, (Tombstone) entry, slot);
  }

  private Merged apply(Replica replica, Registration entry, @Nullable Slot slot) {
    long age = Math.max(0, entry.ageMillis());
    long ttl = Math.min(caps.ttlMaxMillis(), entry.ttlMillis());
    long accepted = time.of(replica) - age;
    Slot shown = view.winner(entry.key());
    if (age >= ttl) {
      if (shown != null && ttl > 0) {
        slots.expire(slots.open(entry.key(), replica), entry.version(), ttl, accepted);
      }
      return Merged.EXPIRED;
    }
    boolean known = (slot != null && slot.registered()) || (shown != null && shown.registered());
    if (!known && caps.roomFor(entry.key(), entry.document().length) != Outcome.DONE) {
      return refusals.count(Refusal.CAPACITY);
    }
    Slot written = slots.open(entry.key(), replica);
    written.ttlChosen = ttl != caps.bounds().livenessMillis();
    slots.register(written, entry.document(), entry.version(), ttl, accepted);
    return Merged.APPLIED;
  }

  private Merged apply(Replica replica, Tombstone entry, @Nullable Slot slot) {
    long keep = caps.tombstoneTtl();
    if (entry.ageMillis() >= keep) {
      if (slot != null) {
        slots.drop(slot);
      }
      return Merged.EXPIRED;
    }
    if (slot == null && !caps.roomForTombstone()) {
      return refusals.count(Refusal.CAPACITY);
    }
    slots.remove(
        slots.open(entry.key(), replica),
        entry.version(),
        keep,
        time.of(replica) - Math.max(0, entry.ageMillis()));
    return Merged.APPLIED;
  }
}

package io.hera.registry;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The checksums of the replicas, and their comparison with those of a peer (the self-check). Owned
 * by {@link Registry}.
 *
 * <p>The promise of a horizon makes two nodes equal without a comparison. The self-check compares
 * all the same, because two things can break the promise: a clock that is put back and passes an
 * old horizon before two nodes have met, and a defect. If two nodes hold different entries at the
 * same horizon, the pulls do not repair it; then gossip asks for everything of that origin again.
 *
 * <p>Each replica keeps its sum up to date, by one addition per change. One correction is needed:
 * two nodes purge the same entry at different moments. The sums compared therefore leave out the
 * entries that have expired and wait for the next purge, and change exactly when a deadline passes.
 * Deadlines on two nodes differ only by the time that an answer was on its way. The caller purges
 * first, so only the next tick of the deadline wheel can hold such entries.
 */
public final class Checksums {
  /** Slots purged before a self-check; with more of them due, the check is left out. */
  static final int SLOTS_MAX = 4_000;

  /** Stands for an origin that the peer did not mention; equals no horizon. */
  private static final Checksum NOT_MENTIONED = new Checksum(-1, 0);

  private final Membership membership;
  private final Slots slots;
  private final TurnClock time;
  private final LongSupplier ownHorizon;
  private final Supplier<ContentVersion> shown;
  private final BooleanSupplier purge;
  private long divergedViews;

  /**
   * Creates the checksums of {@code membership}'s replicas.
   *
   * @param ownHorizon the version up to which the own replica is complete
   * @param shown the content of all that is shown
   * @param purge purges; returns whether exactly the live entries are held then
   */
  Checksums(
      Membership membership,
      Slots slots,
      TurnClock time,
      LongSupplier ownHorizon,
      Supplier<ContentVersion> shown,
      BooleanSupplier purge) {
    this.membership = membership;
    this.slots = slots;
    this.time = time;
    this.ownHorizon = ownHorizon;
    this.shown = shown;
    this.purge = purge;
  }

  /**
   * Returns the checksums of the origins that are held completely up to a horizon, and no further,
   * and of which no entry is restored: it may have ended (P14).
   */
  Map<String, Checksum> all() {
    Map<Replica, Long> overdue = overdueSums();
    Map<String, Checksum> checksums = new TreeMap<>();
    for (Replica replica : membership.replicas()) {
      Checksum checksum = of(replica, overdue.getOrDefault(replica, 0L));
      Slot newest = replica.newest();
      if (replica.restored() == 0 && (newest == null || newest.version <= checksum.horizon())) {
        checksums.put(replica.origin, checksum);
      }
    }
    return checksums;
  }

  /** Returns the checksum of one origin, with the entries that wait to be purged. */
  Checksum of(Replica replica) {
    return of(replica, 0);
  }

  /**
   * Returns a checksum per origin of {@code asked} that a peer can compare with its own. Called in
   * the same turn as {@link Registry#delta}: the checksum of the own origin is then sealed.
   */
  public Map<String, Checksum> of(Digest asked) {
    if (!purge.getAsBoolean()) {
      return Map.of();
    }
    Map<String, Checksum> some = all();
    some.keySet().retainAll(asked.horizons().keySet());
    return some;
  }

  /** Returns what this node shows, for a peer to compare; called like {@link #of}. */
  public Optional<ViewChecksum> view() {
    return purge.getAsBoolean() ? shownNow() : Optional.empty();
  }

  /**
   * Compares a peer's checksums, which came with a delta that is merged by now, with those of this
   * node, for every origin but this node, and what both show.
   *
   * @param view what the peer shows, if that can be compared
   */
  public Comparison compare(Map<String, Checksum> theirs, Optional<ViewChecksum> view) {
    if (!purge.getAsBoolean()) {
      return Comparison.EMPTY;
    }
    Set<String> same = new HashSet<>();
    Set<String> differing = new HashSet<>();
    Map<String, Checksum> ours = all();
    ours.remove(membership.own().origin);
    ours.forEach((origin, our) -> {
      Checksum their = theirs.getOrDefault(origin, NOT_MENTIONED);
      if (their.horizon() == our.horizon()) {
        (their.sum() == our.sum() ? same : differing).add(origin);
      }
    });
    return new Comparison(same, differing, compare(view));
  }

  /** Compares what a peer shows with what this node shows, if something can be said of that now. */
  private Comparison.View compare(Optional<ViewChecksum> theirs) {
    Optional<ViewChecksum> ours = shownNow();
    if (ours.isEmpty()
        || theirs.isEmpty()
        || theirs.get().horizons() != ours.get().horizons()) {
      return Comparison.View.NOT_COMPARED;
    }
    return theirs.equals(ours) ? Comparison.View.SAME : Comparison.View.DIFFERS;
  }

  /** Returns what this node shows; empty while an origin is not complete, or an entry waits to be purged. */
  private Optional<ViewChecksum> shownNow() {
    if (time.holding() || !overdueSums().isEmpty()) {
      return Optional.empty();
    }
    long horizons = 0;
    for (Replica replica : membership.replicas()) {
      Checksum checksum = of(replica);
      Slot newest = replica.newest();
      if (replica.restored() > 0 || (newest != null && newest.version > checksum.horizon())) {
        return Optional.empty();
      }
      if (newest != null) {
        horizons += Checksum.hash(replica.origin, "", checksum.horizon());
      }
    }
    return Optional.of(new ViewChecksum(horizons, shown.get()));
  }

  /** Counts that a peer held or showed something else. */
  public void diverged(Divergence found) {
    if (found instanceof Divergence.OfOrigin one && membership.isKnown(one.origin())) {
      membership.replica(one.origin()).countDivergence();
    } else if (found instanceof Divergence.OfView) {
      divergedViews++;
    }
  }

  /** Returns how often a peer showed something else. */
  long divergedViews() {
    return divergedViews;
  }

  private Checksum of(Replica replica, long overdueSum) {
    boolean own = replica == membership.own();
    long horizon = own ? ownHorizon.getAsLong() : replica.horizon.version();
    return new Checksum(horizon, replica.sum() - overdueSum);
  }

  /** Returns per replica the sum over the entries that have expired and wait to be purged. */
  private Map<Replica, Long> overdueSums() {
    Map<Replica, Long> overdue = new HashMap<>();
    slots.forEachNext(slot -> {
      if (slot.replica.dueMillis(slot.deadlineMillis) <= time.bootMillis()) {
        overdue.merge(slot.replica, slot.hash(), Long::sum);
      }
    });
    return overdue;
  }
}

package io.hera.registry;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Makes and compares {@link Checksum}s of the replicas (PROTOCOL §7, self-check). Owned by {@link Registry}, which purges before
 * it asks.
 *
 * <p>Two nodes purge the same entry at different moments. So what has expired and waits for the next tick is taken out of the
 * sums: they change when a deadline passes, and deadlines differ between nodes only by the time that an answer takes.
 */
final class Checksums {
  /** What a peer that does not speak of an origin has of it: nothing at a horizon that nobody is at. */
  private static final Checksum NOTHING = new Checksum(-1, 0);

  private final Membership membership;
  private final Slots slots;
  private final TurnClock time;
  private final LongSupplier ownHorizon;

  /** Checksums of {@code membership}'s replicas; of the own one everything is held up to {@code ownHorizon}. */
  Checksums(Membership membership, Slots slots, TurnClock time, LongSupplier ownHorizon) {
    this.membership = membership;
    this.slots = slots;
    this.time = time;
    this.ownHorizon = ownHorizon;
  }

  /** Of all origins of which everything is held up to a horizon, and nothing above it. */
  Map<String, Checksum> all() {
    Map<Replica, Long> overdue = overdue();
    Map<String, Checksum> checksums = new TreeMap<>();
    for (Replica replica : membership.replicas()) {
      Checksum checksum = of(replica, overdue.getOrDefault(replica, 0L));
      Slot newest = replica.newest();
      if (newest == null || newest.version <= checksum.horizon()) {
        checksums.put(replica.origin, checksum);
      }
    }
    return checksums;
  }

  /** Of one origin, roughly: what has expired and is not purged yet is in it. */
  Checksum of(Replica replica) {
    return of(replica, 0);
  }

  /** What a peer says of origins other than this node, beside what is true here. */
  Comparison compare(Map<String, Checksum> theirs) {
    Set<String> same = new HashSet<>();
    Set<String> differing = new HashSet<>();
    Map<String, Checksum> ours = all();
    ours.remove(membership.own().origin);
    ours.forEach((origin, our) -> {
      Checksum their = theirs.getOrDefault(origin, NOTHING);
      if (their.horizon() == our.horizon()) {
        (their.sum() == our.sum() ? same : differing).add(origin);
      }
    });
    return new Comparison(same, differing);
  }

  private Checksum of(Replica replica, long overdue) {
    boolean own = replica == membership.own();
    return new Checksum(own ? ownHorizon.getAsLong() : replica.horizon(), replica.sum() - overdue);
  }

  /** Per replica the sum of the hashes of those that are over and wait to be purged. */
  private Map<Replica, Long> overdue() {
    Map<Replica, Long> overdue = new HashMap<>();
    slots.forEachNext(slot -> {
      if (slot.replica.due(slot.deadline) <= time.monotonic()) {
        overdue.merge(slot.replica, slot.hash(), Long::sum);
      }
    });
    return overdue;
  }
}

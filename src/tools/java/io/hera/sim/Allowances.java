package io.hera.sim;

import io.hera.registry.Inspection.StoredEntry;
import java.util.HashSet;
import java.util.Set;

/**
 * The exceptions that the protocol makes after the events of a run so far: which checks are off,
 * for which origins, and how late an entry may arrive or end. Owned by {@link Observer}.
 */
final class Allowances {
  /** Bound on the time from the end of an entry to its purge, or to that of a future entry (P3). */
  static final long PURGED_MILLIS = 1_000;

  static final long MAX_SKEW_MILLIS = 60_000;

  /**
   * How far wall clocks differ at first. Ages of entries from nodes of 2012 are derived from them.
   */
  private static final long SKEW_MILLIS = 4_000;

  private final Plan plan;
  private final Set<String> broken = new HashSet<>();
  private long pausedMillis;
  private boolean slow;
  private boolean clocksMoved;
  private boolean losses;

  Allowances(Plan plan) {
    this.plan = plan;
  }

  void happens(Event event) {
    switch (event.verb()) {
      // Entries of other origins are kept until a pull has ended well, for at most L (P11).
      case "pause" -> pausedMillis += event.millis() + plan.cluster().livenessMillis();
      case "clock" -> clock(event);
      case "crash" -> lost(event.node()); // it may not get all its entries back
      case "corrupt" -> lost(event.argument(1)); // and peers pass it on
      case "bad" -> slow |= Fault.of(event.argument(1)) == Fault.SLOW;
      default -> {
        // The other events change no promise.
      }
    }
  }

  private void clock(Event event) {
    clocksMoved |= !precedesWrites(event);
    if (!precedesWrites(event) && event.millis() < 0) {
      broken.add(event.node());
    }
  }

  private void lost(String origin) {
    losses = true;
    broken.add(origin);
  }

  /** Whether the event comes before the first write. */
  static boolean precedesWrites(Event event) {
    return event.atMillis() == 0;
  }

  /** Records that all clocks were corrected. */
  void clocksCorrected() {
    broken.addAll(plan.cluster().nodes());
  }

  /** Whether S1 is off for an origin: it lost entries that others know, or its clock went back. */
  boolean broken(String origin) {
    return broken.contains(origin);
  }

  boolean clocksMoved() {
    return clocksMoved;
  }

  boolean losses() {
    return losses;
  }

  /** Whether there may be more instances than a node takes: nodes then hold the first ones. */
  boolean tight() {
    return plan.cluster().instancesMax() < 100;
  }

  boolean hasOldNodes() {
    return !plan.cluster().old().isEmpty();
  }

  /** Whether the entry changes on its way through a node of 2012: its ttl or tombstone is lost. */
  boolean bridged(StoredEntry entry) {
    boolean plain = entry.registered() && entry.ttlMillis() == plan.cluster().livenessMillis();
    return hasOldNodes() && !plain;
  }

  /** Returns how much later than at its origin an entry may end elsewhere. */
  long tolerance() {
    Plan.Cluster cluster = plan.cluster();
    long hop = plan.weather().delayMaxMillis() + (slow ? 3 * cluster.intervalMillis() : 0);
    long skew = (clocksMoved ? MAX_SKEW_MILLIS : SKEW_MILLIS) + cluster.clockTickMillis();
    long wallClocks = hasOldNodes() ? skew : 0;
    return PURGED_MILLIS + pausedMillis + wallClocks + cluster.nodes().size() * hop;
  }
}

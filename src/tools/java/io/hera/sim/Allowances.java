package io.hera.sim;

import io.hera.registry.Inspection.StoredEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The exceptions that the protocol makes after the events of a run so far: which checks are off,
 * for which origins, and how late an entry may arrive or end. Owned by {@link Observer}.
 */
final class Allowances {
  /** Bound on the time from the end of an entry to its purge, or to that of a future entry (P3). */
  static final long PURGED_MILLIS = 1_000;

  static final long MAX_SKEW_MILLIS = 60_000;

  /** An agreed time with a larger error is wrong: half of the accepted skew, and that of clocks. */
  static final long AGREED_ERROR_MILLIS = MAX_SKEW_MILLIS / 2 + 5_000;

  /**
   * How far wall clocks differ at first. Ages of entries from nodes of 2012 are derived from them.
   */
  private static final long SKEW_MILLIS = 4_000;

  /** Longest time after a trouble until all fast paths work again: the longest back-off, and a cycle. */
  private static final long HEALING_MILLIS = 45_000;

  /** Interval in which a node reads the uptime of its machine. */
  private static final long UPTIME_MILLIS = 1_000;

  private static final long START_MILLIS = 30_000;

  /** A node whose wall clock steps further draws its life anew (P9). */
  private static final long JUMP_MILLIS = 10_000;

  /** How long requests of a life that began earlier are taken for old ones (P9). */
  private static final long OLD_REQUESTS_MILLIS = 30_000;
  /** Shorter than two lives of a process are apart. */
  private static final long STARTING_MILLIS = 100;
  /** Time by which all peers have fetched the first life of a node. */
  private static final long FETCHED_MILLIS = 10_000;

  private static final Set<String> HARMLESS =
      Set.of("put", "renew", "delete", "drain", "undrain", "clock", "drift", "forge", "save");

  private final Plan plan;
  private final Timeline timeline;
  private long healthyFromMillis = START_MILLIS;
  private boolean wrongStart;
  private boolean namesInDoubt;
  private boolean disturbed;
  private boolean membersChanged;
  private final Map<String, Long> oldRequestsUntil = new HashMap<>();
  private final Set<String> broken = new HashSet<>();
  private final List<Pause> pauses = new ArrayList<>();
  private long pausedMillis;
  private long driftPpmMax;
  private boolean slow;
  private long agreedErrorMillisMax;
  private boolean oldAgesErr;
  private boolean losses;
  private boolean falsePromises;
  private boolean forgetful;

  /** A pause of a node, and for how long it may prolong entries. */
  private record Pause(String node, long beganMillis, long keptMillis) {}

  Allowances(Plan plan, Timeline timeline) {
    this.plan = plan;
    this.timeline = timeline;
  }

  void happens(Event event) {
    doubtNames(event);
    forgetful |= event.restarts()
        || Set.of("stop", "corrupt", "forge", "bad", "twin", "meet", "members")
            .contains(event.verb());
    disturbed |= !HARMLESS.contains(event.verb()) && !event.verb().equals("twin");
    if (!HARMLESS.contains(event.verb())) {
      long lastsMillis =
          Set.of("cut", "meet").contains(event.verb()) ? plan.endMillis() : event.millisOrNone();
      healthyFromMillis =
          Math.max(healthyFromMillis, timeline.now() + lastsMillis + HEALING_MILLIS);
    }
    switch (event.verb()) {
      case "pause", "suspend" -> paused(event.node(), event.millis());
      case "drift" -> driftPpmMax = Math.max(driftPpmMax, Math.abs(event.millis()));
      case "clock" ->
        oldAgesErr |= event.atMillis() > 0 && plan.cluster().old().contains(event.node());
      // A claim may raise a clock by half of the skew (P8), and nodes of 2012 derive ages from
      // versions.
      case "forge" -> oldAgesErr = true;
      case "crash" -> lost(event.node()); // it may not get all its entries back
      case "reboot", "shutdown" -> rebooted(event.node());
      case "corrupt" -> {
        lost(event.argument(1)); // and peers pass it on
        falsePromises = true;
      }
      case "members" -> membersChanged = true;
      case "bad" -> slow |= Fault.of(event.argument(1)) == Fault.SLOW;
      default -> {
        // The other events change no promise.
      }
    }
  }

  /**
   * Entries of other origins are kept until a pull has ended well, for at most L (P11). A suspend is
   * seen a second after its end.
   */
  private void paused(String node, long millis) {
    long keptMillis = millis + plan.cluster().livenessMillis() + UPTIME_MILLIS;
    pauses.add(new Pause(node, timeline.now(), keptMillis));
    pausedMillis += keptMillis;
  }

  /**
   * A wrong clock may say that a process began before the one that it has replaced (P9), and one that ticks rarely, that both
   * began at once. A copied machine seems to be older than its original: its agreed time is behind for as long as it did not run.
   */
  private void doubtNames(Event event) {
    wrongStart |= event.verb().equals("clock") && Math.abs(event.millis()) > SKEW_MILLIS;
    namesInDoubt |= event.verb().equals("forge")
        || event.verb().equals("bad")
        || Set.of("meet", "twin").contains(event.verb())
        || (event.restarts() && (wrongStart || plan.cluster().clockTickMillis() > STARTING_MILLIS));
    if (event.verb().equals("clock") && Math.abs(event.millis()) > JUMP_MILLIS) {
      oldRequestsUntil.put(event.node(), timeline.now() + OLD_REQUESTS_MILLIS);
    }
    boolean copied =
        event.verb().equals("twin") && Twin.Kind.of(event.argument(1)) == Twin.Kind.COPY;
    if (copied && timeline.now() < Twin.ASLEEP_MILLIS) {
      oldRequestsUntil.merge(event.node(), FETCHED_MILLIS + OLD_REQUESTS_MILLIS, Math::max);
    }
  }

  /** Returns for how long a second process under the name has not been taken for one that was replaced (P9). */
  long millisSinceOldRequests(String name) {
    return timeline.now() - oldRequestsUntil.getOrDefault(name, 0L);
  }

  /** What it has restored may have ended elsewhere (P14). Nodes of 2012 take it for as old as its version. */
  private void rebooted(String node) {
    broken.add(node);
    losses |= hasOldNodes();
  }

  private void lost(String origin) {
    losses = true;
    broken.add(origin);
  }

  /** Whether a node has promised what it did not have. */
  boolean falsePromises() {
    return falsePromises;
  }

  /** Whether a process has ended, or something wrong was believed: what it had accepted may be lost. */
  boolean forgetful() {
    return forgetful;
  }

  /** Whether the configurations of nodes have differed. */
  boolean membersChanged() {
    return membersChanged;
  }

  /** Whether L1 holds: all nodes and links have worked for a while, and there is a fast path. */
  boolean healthy() {
    return timeline.now() >= healthyFromMillis
        && plan.weather().fair()
        && plan.cluster().hanging()
        && !hasOldNodes()
        && !tight()
        && !agreedTimeWrong();
  }

  /** Whether all nodes have run all the time, are of this project, and could reach each other. */
  boolean undisturbed() {
    return !disturbed && !hasOldNodes();
  }

  /** Whether answers may say a wrong name or life. */
  boolean namesInDoubt() {
    return namesInDoubt;
  }

  /** Records the error of the agreed time of a node (P15). */
  void agreedTimeErrs(long millis) {
    agreedErrorMillisMax = Math.max(agreedErrorMillisMax, Math.abs(millis));
  }

  /** Records that a node has given its entries lower versions (P4). */
  void versionsLowered(String node) {
    broken.add(node);
  }

  /** Records that entries have got later versions at an age: nodes of 2012 take them for younger. */
  void versionsRaised() {
    oldAgesErr = true;
  }

  /** Whether S1 is off for an origin: it lost entries that others know, or lowered its versions. */
  boolean broken(String origin) {
    return broken.contains(origin);
  }

  /** Whether the agreed time of any node has been wrong. */
  boolean agreedTimeWrong() {
    return agreedErrorMillisMax > AGREED_ERROR_MILLIS;
  }

  /** Whether the ages of entries that nodes of 2012 pass on may be wrong by any time. */
  boolean agesWrong() {
    return hasOldNodes() && (oldAgesErr || agreedTimeWrong() || losses);
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

  /**
   * Returns by how much the clock of a machine may err while an entry lives. A node measures ttls and
   * ages by that clock, and cannot know its rate.
   */
  long driftMillis() {
    return (plan.cluster().ttlMaxMillis() * driftPpmMax + 999_999) / 1_000_000;
  }

  /** Returns how much later than at its origin an entry may end elsewhere. */
  long tolerance() {
    Plan.Cluster cluster = plan.cluster();
    long hop = plan.weather().delayMaxMillis() + (slow ? 3 * cluster.intervalMillis() : 0);
    long error = oldAgesErr ? MAX_SKEW_MILLIS : Math.min(MAX_SKEW_MILLIS, 2 * agreedErrorMillisMax);
    long skew = Math.max(SKEW_MILLIS, error) + cluster.clockTickMillis();
    long wallClocks = hasOldNodes() ? skew : 0;
    return PURGED_MILLIS
        + pausedMillis
        + 2 * driftMillis()
        + wallClocks
        + cluster.nodes().size() * hop;
  }

  /** Returns the tolerance without the pauses of a node since a time. */
  long toleranceWithoutPauses(String node, long sinceMillis) {
    long without = tolerance();
    for (Pause pause : pauses) {
      boolean counts = pause.beganMillis > sinceMillis && pause.node.equals(node);
      without -= counts ? pause.keptMillis : 0;
    }
    return without;
  }
}

package io.hera.sim;

import io.hera.registry.Inspection.StoredEntry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The checks of S4: per key, node and life, an entry that was hidden is not shown again.
 *
 * <p>A write that arrives late may be older, by a clock that is behind. The past of a node whose
 * agreed time is wrong, or was corrected, does not count: it drops or refuses entries (P3, P4).
 */
final class OrderChecks {
  private final World world;
  private final ClientWrites writes;
  private final Allowances allowances;
  private final Checker checker;
  private final Map<String, Memory> memories = new HashMap<>();
  /** Nodes whose agreed time has moved: they may have put their versions back (P4). */
  private final Set<String> moved = new HashSet<>();

  OrderChecks(World world, ClientWrites writes, Allowances allowances, Checker checker) {
    this.world = world;
    this.writes = writes;
    this.allowances = allowances;
    this.checker = checker;
  }

  /** The past of one node in its present life. */
  private static final class Memory {
    /** Time by which it has dropped entries from the future, after a change of its agreed time (P3). */
    long believesFrom;

    /** Path → the latest entry shown. */
    final Map<String, Shown> floors = new HashMap<>();
    /** All entries held. */
    final Set<Identity> held = new HashSet<>();
    /** Path → the time since which an earlier entry than the floor is shown. */
    final Map<String, Long> wrongSince = new HashMap<>();
    /** The entries held at the last look. */
    Set<Identity> present = Set.of();
    /** Entries that have come back from a snapshot. */
    final Set<Stamp> returned = new HashSet<>();
  }

  private record Shown(Stamp stamp, String document, long acceptedMillis, boolean restored) {}

  void booted(String node) {
    memories.put(node, new Memory());
  }

  void agreedTimeMoved(String node) {
    moved.add(node);
    Memory memory = memories.get(node);
    if (memory != null) {
      memory.believesFrom = world.timeline.now() + Allowances.PURGED_MILLIS;
    }
  }

  void look(Sight sight) {
    SimNode node = sight.node();
    Memory memory = memories.get(node.name);
    if (world.timeline.now() < memory.believesFrom) {
      memory.floors.clear();
      memory.held.clear();
      return;
    }
    Set<Identity> present = new HashSet<>();
    for (StoredEntry entry : sight.entries()) {
      Identity identity = Identity.of(entry);
      boolean known = !memory.held.add(identity);
      present.add(identity);
      if (entry.winner()) {
        shows(node, memory, entry, known && !fromFuture(node, entry) && !returns(memory, entry));
      }
    }
    memory.present = present;
  }

  /** Whether a restored entry stays although its version is from the future, and what hid it was dropped (P3). */
  private static boolean fromFuture(SimNode node, StoredEntry entry) {
    return entry.restored()
        && entry.version() > node.inspection.nowMillis() + Allowances.MAX_SKEW_MILLIS;
  }

  /**
   * Whether an entry comes back from a snapshot of another node (P14), when the entry that hid it may have
   * been purged (P12).
   */
  private boolean returns(Memory memory, StoredEntry entry) {
    if (!entry.restored()) {
      return false;
    }
    Shown floor = memory.floors.get(entry.path());
    boolean present = memory.present.contains(Identity.of(entry));
    boolean back = !present || memory.returned.contains(Stamp.of(entry));
    long traceMillis = world.plan.cluster().livenessMillis() - allowances.driftMillis();
    if (back && floor != null && floor.acceptedMillis < world.timeline.now() - traceMillis) {
      memory.returned.add(Stamp.of(entry));
      return true;
    }
    return false;
  }

  private void shows(SimNode node, Memory memory, StoredEntry entry, boolean known) {
    String path = entry.path();
    Stamp stamp = Stamp.of(entry);
    Shown floor = memory.floors.get(path);
    if (floor != null && floor.stamp.equals(stamp)) {
      return; // as at the last look
    }
    Shown shown = new Shown(stamp, entry.text(), writes.acceptedMillis(entry), entry.restored());
    boolean later = floor == null || shown.stamp.compareTo(floor.stamp) >= 0;
    boolean newer = floor != null
        && (shown.document.equals(floor.document) || shown.acceptedMillis > floor.acceptedMillis);
    boolean back = !later && !newer && known && entry.registered();
    if (back && !mayHaveBeenDropped(node, floor)) {
      stepsBack(node, memory, entry, floor);
    } else {
      memory.floors.put(path, shown);
      memory.wrongSince.remove(path);
    }
  }

  /**
   * Whether a peer may have told falsely that the floor has ended (P14), its node may have put its
   * version back (P4), or it was near the bound of the future. An agreed time that is not wrong may
   * still move back by its error, and the node then drops it (P3).
   */
  private boolean mayHaveBeenDropped(SimNode node, Shown floor) {
    long sureMillis = Allowances.MAX_SKEW_MILLIS - Allowances.AGREED_ERROR_MILLIS;
    return moved.contains(floor.stamp.origin())
        || (floor.restored && allowances.falsePromises())
        || floor.stamp.version() > node.inspection.nowMillis() + sureMillis;
  }

  private void stepsBack(SimNode node, Memory memory, StoredEntry entry, Shown floor) {
    long now = world.timeline.now();
    long since = memory.wrongSince.computeIfAbsent(entry.path(), any -> now);
    checker.check(
        now - since <= allowances.tolerance() - Allowances.PURGED_MILLIS,
        "S4",
        "%s shows %s after %s",
        node.name,
        entry,
        floor);
  }
}

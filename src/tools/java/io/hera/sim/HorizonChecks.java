package io.hera.sim;

import io.hera.registry.Inspection.StoredEntry;
import io.hera.registry.Key;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The checks of S1: what an origin says up to the horizon that a node has for it is stored there in
 * that version or a later one, or has ended.
 *
 * <p>They are off for an origin that has lost entries which others know, or whose clock was put
 * back, until the end of the run.
 */
final class HorizonChecks {
  private final World world;
  private final Allowances allowances;
  private final Checker checker;

  HorizonChecks(World world, Allowances allowances, Checker checker) {
    this.world = world;
    this.allowances = allowances;
    this.checker = checker;
  }

  /** Checks the horizons of a node for all others, and those of all others for it. */
  void look(SimNode node) {
    for (SimNode other : world.allNodes()) {
      horizon(node, other);
      horizon(other, node);
    }
  }

  private void horizon(SimNode node, SimNode origin) {
    if (node == origin || !node.up() || !origin.up() || allowances.broken(origin.name)) {
      return;
    }
    long horizon = node.inspection.horizon(origin.name);
    List<StoredEntry> unlike = origin.inspection.ownEntriesUnlike(node.inspection, horizon);
    if (!unlike.isEmpty()) {
      compare(node, origin, unlike);
    }
  }

  private void compare(SimNode node, SimNode origin, List<StoredEntry> unlike) {
    Map<Key, StoredEntry> held = new HashMap<>();
    node.inspection.allEntries(origin.name).forEach(entry -> held.put(entry.key(), entry));
    for (StoredEntry theirs : unlike) {
      StoredEntry ours = held.get(theirs.key());
      checker.check(
          expired(origin, theirs) || keeps(ours, theirs) || tombstoneMissing(ours, theirs),
          "S1",
          "%s has everything of %s up to %s but not %s: %s",
          node.name,
          origin.name,
          node.inspection.horizon(origin.name),
          theirs,
          ours);
    }
  }

  /**
   * Whether the entry may have expired elsewhere. Its age does not include the time of an answer
   * under way and of a pause; a node of 2012 passes on neither ttls nor tombstones.
   */
  private boolean expired(SimNode origin, StoredEntry theirs) {
    return allowances.bridged(theirs)
        || theirs.dueMillis() - origin.inspection.bootMillis() <= allowances.tolerance();
  }

  private static boolean keeps(@Nullable StoredEntry held, StoredEntry theirs) {
    if (held == null) {
      return !theirs.registered();
    }
    boolean same = !theirs.registered()
        || (held.registered() && Arrays.equals(held.document(), theirs.document()));
    return held.version() == theirs.version() ? same : held.version() > theirs.version();
  }

  /**
   * Whether a tombstone may be missing on the way. A full node that refused the instance with the
   * longest ttl does not know that ttl, and sends no tombstone that only this ttl requires.
   */
  private boolean tombstoneMissing(@Nullable StoredEntry held, StoredEntry theirs) {
    return allowances.tight() && !theirs.registered() && held != null && !held.registered();
  }
}

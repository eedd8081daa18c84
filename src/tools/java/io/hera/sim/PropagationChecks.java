package io.hera.sim;

import io.hera.registry.Inspection.StoredEntry;
import io.hera.registry.Key;

/**
 * The checks of L1: in a healthy cluster, a write is soon shown on all nodes that have its node as a
 * member. Wrong wall clocks do not make a cluster unhealthy.
 */
final class PropagationChecks {
  private static final long PROPAGATION_MILLIS = 100;
  /** One way each: the request that waits, its answer, and the same again for a request that has just ended. */
  private static final int MESSAGES_MAX = 4;

  private final World world;
  private final Allowances allowances;
  private final Checker checker;

  PropagationChecks(World world, Allowances allowances, Checker checker) {
    this.world = world;
    this.allowances = allowances;
    this.checker = checker;
  }

  /** A node has accepted a write: looks at all others when it should have arrived. */
  void wrote(SimNode node, StoredEntry entry) {
    Stamp stamp = Stamp.of(entry);
    long delay = world.plan.weather().delayMaxMillis();
    if (world.calm() && allowances.healthy()) {
      world.timeline.at(
          world.timeline.now() + PROPAGATION_MILLIS + MESSAGES_MAX * delay,
          () -> arrived(node, entry.key(), stamp));
    }
  }

  private void arrived(SimNode origin, Key key, Stamp written) {
    for (SimNode node : world.nodes()) {
      StoredEntry shown = node.inspection.winner(key);
      checker.check(
          !allowances.healthy()
              || !node.knows(origin.name)
              || (shown != null && Stamp.of(shown).compareTo(written) >= 0),
          "L1",
          "%s shows %s, and not yet the write of %s at %s",
          node.name,
          shown,
          origin.name,
          written.version());
    }
  }
}

package io.hera.sim;

import io.hera.registry.Key;
import io.hera.registry.Outcome;
import java.util.Set;

/** The checks of S7: nodes keep to their limits, and refuse no renewal because of them. */
final class CapacityChecks {
  private static final Set<Outcome> FULL =
      Set.of(Outcome.INSTANCES_FULL, Outcome.SERVICES_FULL, Outcome.BYTES_FULL);

  private final Plan.Cluster cluster;
  private final Checker checker;

  CapacityChecks(Plan.Cluster cluster, Checker checker) {
    this.cluster = cluster;
    this.checker = checker;
  }

  /** Entries that are held already may be shown again above a cap, so the cap is not exact. */
  void look(SimNode node) {
    checker.check(
        node.inspection.instances() <= 2 * cluster.instancesMax(),
        "S7",
        "%s shows %s instances",
        node.name,
        node.inspection.instances());
  }

  /** Checks a refusal; {@code shown} says whether the node showed the instance before. */
  void refused(SimNode node, Key key, boolean shown, Outcome outcome) {
    checker.check(
        !(shown && FULL.contains(outcome)),
        "S7",
        "a renewal of %s at %s is refused: %s",
        key,
        node.name,
        outcome);
  }
}

package io.hera.sim;

import java.util.HashSet;
import java.util.Set;

/**
 * The checks of P9: honest nodes are not refused, and two processes under one name are reported. That nothing of the second
 * one is merged is left to S6.
 */
final class TwinChecks {
  /** Time in which a second process asks a peer, which asks the configured address and is asked again. */
  private static final long REPORTED_MILLIS = 15_000;

  private final World world;
  private final Allowances allowances;
  private final Checker checker;
  private final Set<String> reported = new HashSet<>();

  TwinChecks(World world, Allowances allowances, Checker checker) {
    this.world = world;
    this.allowances = allowances;
    this.checker = checker;
  }

  /** A node refuses exchanges for a reason that names the node whose name is in doubt. */
  void conflicts(SimNode node, String reason) {
    checker.check(
        allowances.namesInDoubt(), "P9", "%s refuses honest nodes: %s", node.name, reason);
    world.names().stream()
        .filter(name -> reason.matches(".*two processes run under the name " + name + "\\b.*"))
        .forEach(reported::add);
  }

  /** A second process under the name of a node ends, which has run for a time. */
  void ends(String name, long ranMillis) {
    long knownMillis = Math.min(ranMillis, allowances.millisSinceOldRequests(name));
    boolean heard = knownMillis >= REPORTED_MILLIS && allowances.undisturbed() && world.calm();
    checker.check(
        !heard || reported.contains(name),
        "P9",
        "two processes have run under the name %s for %s ms, and no node says so",
        name,
        ranMillis);
  }
}

package io.hera.sim;

import io.hera.registry.Inspection.StoredEntry;

/**
 * The checks of L2 while a run goes on: a node shows the instances of a peer as soon as it must have
 * pulled from it, whatever happens elsewhere. So no living instance is missing after a pause.
 *
 * <p>They are off for a peer that has lost entries which others know, or whose versions were
 * lowered, until the end of the run: it may take a repair to find it out.
 */
final class FreshnessChecks {
  private final World world;
  private final ClientWrites writes;
  private final Allowances allowances;
  private final IndependenceChecks links;
  private final Checker checker;

  FreshnessChecks(
      World world,
      ClientWrites writes,
      Allowances allowances,
      IndependenceChecks links,
      Checker checker) {
    this.world = world;
    this.writes = writes;
    this.allowances = allowances;
    this.links = links;
    this.checker = checker;
  }

  /** Checks what a node shows of the peers whose links have worked for long enough. */
  void round(SimNode node) {
    if (allowances.tight() || allowances.agreedTimeWrong() || allowances.agesWrong()) {
      return;
    }
    writes.last().forEach((path, write) -> {
      if (due(node, path, write)) {
        shows(node, path, write);
      }
    });
  }

  private boolean due(SimNode node, String path, ClientWrites.Write write) {
    SimNode origin = write.node();
    return origin != node
        && write.life() == origin.life()
        && writes.staysAt(origin, path)
        && !allowances.broken(origin.name)
        && world.timeline.now() < write.endMillis() - allowances.tolerance()
        && write.acceptedMillis() < world.timeline.now() - links.pulledMillis(node)
        && links.hasPulled(node, origin.name);
  }

  private void shows(SimNode node, String path, ClientWrites.Write write) {
    StoredEntry shown = node.inspection.winner(SimNode.key(path));
    checker.check(
        shown != null && writes.acceptedMillis(shown) >= write.acceptedMillis(),
        "L2",
        "%s shows %s and not %s of %s, whose link works since %s",
        node.name,
        shown,
        write.document(),
        write.node().name,
        new Event.Time(node.gossip().links().get(write.node().name).wellSince));
  }
}

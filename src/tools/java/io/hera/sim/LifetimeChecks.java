package io.hera.sim;

import io.hera.registry.Inspection.StoredEntry;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The checks of S5 and S6: nodes show only documents that a client has put, and each of them as
 * long as its ttl says.
 */
final class LifetimeChecks {
  private final World world;
  private final ClientWrites writes;
  private final Allowances allowances;
  private final IndependenceChecks links;
  private final Checker checker;
  /** Since when a node has shown an entry. */
  private final Map<Shown, Long> shownSince = new HashMap<>();

  LifetimeChecks(
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

  private record Shown(String node, int life, Identity entry) {}

  void look(Sight sight) {
    SimNode node = sight.node();
    sight
        .view()
        .forEach((path, bytes) -> shows(node, path, new String(bytes, StandardCharsets.UTF_8)));
    writes.last().forEach((path, write) -> {
      if (write.node() == node && write.life() == node.life() && writes.staysAt(node, path)) {
        stillShows(node, path, write);
      }
    });
  }

  /**
   * Checks S6, and the upper bound of S5. A node of 2012 derives ages from versions, and a
   * restamped entry has a new version (P4, P8).
   */
  private void shows(SimNode node, String path, String document) {
    Long end = writes.endOf(document);
    checker.check(
        end != null && ClientWrites.names(document, path),
        "S6",
        "%s shows %s, which was never written, of %s",
        node.name,
        document,
        path);
    checker.check(
        allowances.agesWrong() || world.timeline.now() <= end + tolerance(node, path),
        "S5",
        "%s shows %s, which expired at %s",
        node.name,
        document,
        new Event.Time(end));
  }

  /**
   * The entries of an origin outlive a pause of another node until that has pulled from the origin
   * (P11). Entries that were on the way during the pause have ages that do not include it.
   */
  private long tolerance(SimNode node, String path) {
    StoredEntry entry = node.inspection.winner(SimNode.key(path));
    if (entry == null || entry.origin().equals(node.name)) {
      return allowances.tolerance();
    }
    Shown shown = new Shown(node.name, node.life(), Identity.of(entry));
    long sinceMillis = shownSince.computeIfAbsent(shown, any -> world.timeline.now());
    return links.hasPulled(node, entry.origin())
        ? allowances.toleranceWithoutPauses(node.name, sinceMillis)
        : allowances.tolerance();
  }

  /**
   * Checks the lower bound of S5: an instance that stays at one node is shown until its ttl is
   * over.
   */
  private void stillShows(SimNode node, String path, ClientWrites.Write write) {
    StoredEntry entry = node.inspection.winner(SimNode.key(path));
    checker.check(
        world.timeline.now() >= write.endMillis() - allowances.driftMillis()
            || (entry != null && write.document().equals(entry.text())),
        "S5",
        "%s does not show %s until %s but %s",
        node.name,
        write.document(),
        new Event.Time(write.endMillis()),
        entry);
  }
}

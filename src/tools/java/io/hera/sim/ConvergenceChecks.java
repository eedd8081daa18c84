package io.hera.sim;

import io.hera.registry.Inspection;
import io.hera.registry.Inspection.StoredEntry;
import io.hera.registry.Key;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The checks of L2, L3 and L4: what all nodes show at the end of a run, after healing. */
final class ConvergenceChecks {
  private final World world;
  private final ClientWrites writes;
  private final Allowances allowances;
  private final Checker checker;

  ConvergenceChecks(World world, ClientWrites writes, Allowances allowances, Checker checker) {
    this.world = world;
    this.writes = writes;
    this.allowances = allowances;
    this.checker = checker;
  }

  /** Checks L2 or L4: all nodes show the same, except for entries that are about to expire. */
  void checkEqual(String invariant) {
    List<SimNode> nodes = world.nodes();
    Set<String> paths = new HashSet<>();
    for (SimNode node : nodes) {
      paths.addAll(node.inspection.registrations().keySet());
      checker.check(
          node.inspection.contentAddsUp(node.contents),
          invariant,
          "the content version of %s is not that of its instances",
          node.name);
    }
    for (String path : paths) {
      nodes.forEach(node -> same(invariant, path, nodes.get(0), node));
    }
  }

  private void same(String invariant, String path, SimNode first, SimNode node) {
    Key key = SimNode.key(path);
    checker.check(
        shown(node, key).equals(shown(first, key)) || restored(key) || ending(key),
        invariant,
        "of %s %s shows %s, %s shows %s",
        path,
        first.name,
        shown(first, key),
        node.name,
        shown(node, key));
  }

  private static String shown(SimNode node, Key key) {
    StoredEntry winner = node.inspection.winner(key);
    return winner != null && winner.registered() ? winner.text() : "nothing";
  }

  /** Whether a node holds an entry on the key that no other has confirmed or contradicted yet (P14). */
  private boolean restored(Key key) {
    return world.nodes().stream()
        .flatMap(node -> node.inspection.origins().stream()
            .flatMap(origin -> node.inspection.entries(origin).stream()))
        .anyMatch(entry -> entry.restored() && entry.key().equals(key));
  }

  /** Whether an entry on the key expires about now, at any node. */
  private boolean ending(Key key) {
    long tolerance = allowances.tolerance() + Allowances.PURGED_MILLIS;
    return writes.endsAbout(SimNode.path(key), tolerance)
        || world.nodes().stream()
            .flatMap(node -> node.inspection.origins().stream()
                .flatMap(origin -> node.inspection.entries(origin).stream()
                    .filter(entry -> entry.key().equals(key))
                    .filter(entry -> ending(node.inspection, entry, tolerance))))
            .findAny()
            .isPresent();
  }

  private boolean ending(Inspection inspection, StoredEntry entry, long tolerance) {
    return entry.dueMillis() - inspection.bootMillis() <= tolerance || allowances.bridged(entry);
  }

  /** Checks L3: every node shows exactly the instances of living clients. */
  void checkLiving(Map<String, String> living) {
    for (SimNode node : world.nodes()) {
      Map<String, String> view = new TreeMap<>();
      node.inspection
          .registrations()
          .forEach((path, bytes) -> view.put(path, new String(bytes, StandardCharsets.UTF_8)));
      checker.check(
          view.equals(living), "L3", "%s shows %s instead of %s", node.name, view, living);
    }
  }
}

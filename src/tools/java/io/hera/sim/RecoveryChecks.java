package io.hera.sim;

import io.hera.registry.Inspection.StoredEntry;
import io.hera.registry.Key;
import java.util.Comparator;
import java.util.Optional;

/**
 * The checks of P7: a node that has recovered shows the entries of its former life that a peer
 * still sends.
 */
final class RecoveryChecks {
  private final World world;
  private final ClientWrites writes;
  private final Allowances allowances;
  private final Checker checker;

  RecoveryChecks(World world, ClientWrites writes, Allowances allowances, Checker checker) {
    this.world = world;
    this.writes = writes;
    this.allowances = allowances;
    this.checker = checker;
  }

  /** Checks a starting node that all peers have answered. */
  void recovered(SimNode node) {
    writes.takeForgotten(node.name).forEach((path, write) -> {
      if (due(node, path, write)) {
        StoredEntry shown = node.inspection.winner(SimNode.key(path));
        checker.check(
            shown != null && shown.text().equals(write.document()),
            "P7",
            "%s has recovered, and shows %s instead of %s",
            node.name,
            shown,
            write.document());
      }
    });
  }

  /** Whether a peer returns the write, and instances of others have not reached a cap before. */
  private boolean due(SimNode node, String path, ClientWrites.Write write) {
    return writes.staysAt(node, path)
        && !allowances.tight()
        && world.timeline.now() + allowances.tolerance() < write.endMillis()
        && returned(node, SimNode.key(path))
            .filter(entry -> entry.registered() && entry.text().equals(write.document()))
            .isPresent();
  }

  /**
   * Returns the latest own entry on the key that peers return to a node, and that it accepts. A
   * peer does not send entries above its horizon, if it refused one below (P5). The asker refuses
   * entries from far ahead of the agreed time (P3). A peer may hold a later tombstone from before the
   * clock was put back (P4).
   */
  private Optional<StoredEntry> returned(SimNode asker, Key key) {
    long limit = asker.inspection.nowMillis() + Allowances.MAX_SKEW_MILLIS / 2;
    return world.nodes().stream()
        .filter(peer -> peer != asker && peer.running())
        .flatMap(peer -> {
          long horizon = peer.inspection.horizon(asker.name);
          return peer.inspection.entries(asker.name).stream()
              .filter(entry -> entry.version() <= Math.min(horizon, limit));
        })
        .filter(entry -> entry.key().equals(key))
        .max(Comparator.comparingLong(StoredEntry::version));
  }
}

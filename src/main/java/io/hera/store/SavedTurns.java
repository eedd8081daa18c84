package io.hera.store;

import io.hera.registry.Delta;
import io.hera.registry.Registry;
import io.hera.registry.SnapshotPage;
import java.util.List;

/** What the disk takes from the registry, and gives back to it (P14, P18). Owned by {@link StoreTurns}. */
final class SavedTurns {
  private final Registry registry;

  SavedTurns(Registry registry) {
    this.registry = registry;
  }

  List<String> origins() {
    return registry.snapshots().origins();
  }

  SnapshotPage page(EntriesAbove asked) {
    return registry.snapshots().page(asked.origin(), asked.above(), asked.bytesMax());
  }

  Delta drainEntries() {
    return registry.snapshots().drains();
  }

  void restore(SavedPage page) {
    page.delta()
        .origins()
        .forEach(part -> registry.snapshots().restore(part, page.livenessMillis()));
  }
}

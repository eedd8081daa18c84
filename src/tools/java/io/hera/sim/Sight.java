package io.hera.sim;

import io.hera.registry.Inspection.StoredEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a node holds and shows at one moment, read once for all checks.
 *
 * @param entries those on instances, by origin and in ascending order of versions
 * @param view path → document of the instances that are shown
 */
record Sight(SimNode node, List<StoredEntry> entries, Map<String, byte[]> view) {
  static Sight of(SimNode node) {
    return new Sight(node, entries(node), node.inspection.view());
  }

  /** Returns the entries of all origins on instances. */
  static List<StoredEntry> entries(SimNode node) {
    List<StoredEntry> entries = new ArrayList<>();
    node.inspection.origins().forEach(origin -> entries.addAll(node.inspection.entries(origin)));
    return entries;
  }
}

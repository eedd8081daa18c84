package io.hera.cli.events;

import io.hera.cli.nodes.Phrasing;
import java.util.List;

/**
 * A change that one node or several have seen.
 *
 * @param row of the node that knows most of it
 * @param seen in the order of time; not empty
 */
record Fact(Row row, List<Sighting> seen) {
  /** A node has seen it. */
  record Sighting(String node, long atMillis) {}

  /** Returns when the first of the nodes has seen it. */
  long atMillis() {
    return seen.get(0).atMillis();
  }

  /** Returns {@code seen by a, b +12 ms}. */
  String sightings() {
    StringBuilder text = new StringBuilder("seen by ");
    String separator = "";
    for (Sighting one : seen) {
      long later = one.atMillis() - atMillis();
      text.append(separator).append(one.node()).append(later == 0 ? "" : " +" + duration(later));
      separator = ", ";
    }
    return text.toString();
  }

  private static String duration(long millis) {
    return millis < 10_000 ? millis + " ms" : Phrasing.duration(millis);
  }
}

package io.hera.registry;

import java.util.List;

/**
 * One origin's part of a delta: exactly its live entries with {@code from < version ≤ to}, oldest
 * first (P5).
 *
 * @param origin the node that wrote the entries
 * @param from exclusive lower bound
 * @param to inclusive upper bound; never splits entries of equal version
 * @param reset whether to apply it whatever the horizon: the origin answers a peer that had seen
 *     later versions than the origin itself knew (P8)
 * @param entries in ascending order of versions
 * @param restored whether the sender has restored some of the origin's entries from a snapshot, and
 *     nothing has confirmed them: what it does not name may be alive all the same (P14)
 */
public record OriginDelta(
    String origin, long from, long to, boolean reset, List<Entry> entries, boolean restored) {
  public OriginDelta {
    entries = List.copyOf(entries);
  }

  /** A part of which the sender knows that it is complete. */
  public OriginDelta(String origin, long from, long to, boolean reset, List<Entry> entries) {
    this(origin, from, to, reset, entries, false);
  }
}

package io.hera.registry;

import java.util.List;

/**
 * One origin's part of a delta: exactly its live entries with {@code from < version ≤ to}, oldest first (PROTOCOL P5).
 *
 * @param origin whose entries they are
 * @param from exclusive lower bound
 * @param to inclusive upper bound; never splits entries of equal version
 * @param reset the origin's own answer to somebody who had seen later versions than it knew of (P8)
 * @param entries ascending by version
 */
public record OriginDelta(String origin, long from, long to, boolean reset, List<Entry> entries) {
  public OriginDelta {
    entries = List.copyOf(entries);
  }
}

package io.hera.registry;

import java.util.List;

/**
 * The entries above a digest. Origins without such entries are left out.
 *
 * @param origins at most one part per origin
 */
public record Delta(List<OriginDelta> origins) {
  public Delta {
    origins = List.copyOf(origins);
  }

  /** Returns the number of entries in all parts. */
  public int size() {
    return origins.stream().mapToInt(part -> part.entries().size()).sum();
  }
}

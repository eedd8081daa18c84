package io.hera.registry;

import java.util.List;

/**
 * Entries above a digest. Origins without news are left out.
 *
 * @param origins at most one part an origin
 */
public record Delta(List<OriginDelta> origins) {
  public Delta {
    origins = List.copyOf(origins);
  }

  /** How many entries there are in all parts. */
  public int size() {
    return origins.stream().mapToInt(part -> part.entries().size()).sum();
  }
}

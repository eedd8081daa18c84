package io.hera.registry;

import java.util.List;

/**
 * The entries above a digest. Origins without such entries are left out.
 *
 * @param origins at most one part per origin
 * @param more whether the delta is a page that was cut: entries above the digest are left out
 */
public record Delta(List<OriginDelta> origins, boolean more) {
  public Delta {
    origins = List.copyOf(origins);
  }

  /** A delta that holds everything above the digest. */
  public Delta(List<OriginDelta> origins) {
    this(origins, false);
  }

  /** Returns the number of entries in all parts. */
  public int size() {
    return origins.stream().mapToInt(part -> part.entries().size()).sum();
  }

  /** Returns the number of bytes of the documents in all parts. */
  public long documentBytes() {
    return origins.stream()
        .flatMap(part -> part.entries().stream())
        .mapToLong(entry ->
            entry instanceof Registration registration ? registration.document().length : 0)
        .sum();
  }
}

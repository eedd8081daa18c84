package io.hera.registry;

import java.util.Set;

/**
 * The result of comparing the checksums of a peer with those of this node. Origins at different
 * horizons are in neither set.
 *
 * @param same origins of which both nodes hold the same entries
 * @param differing origins of which they hold different entries at the same horizon
 */
public record Comparison(Set<String> same, Set<String> differing) {
  /** The result when nothing could be compared. */
  public static final Comparison EMPTY = new Comparison(Set.of(), Set.of());

  public Comparison {
    same = Set.copyOf(same);
    differing = Set.copyOf(differing);
  }
}

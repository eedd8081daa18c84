package io.hera.registry;

import java.util.Set;

/**
 * The result of comparing the checksums of a peer with those of this node. Origins at different
 * horizons are in neither set.
 *
 * @param same origins of which both nodes hold the same entries
 * @param differing origins of which they hold different entries at the same horizon
 * @param view whether they show the same
 */
public record Comparison(Set<String> same, Set<String> differing, View view) {
  /** The result when nothing could be compared. */
  public static final Comparison EMPTY = new Comparison(Set.of(), Set.of());

  /** Whether both nodes show the same. */
  public enum View {
    /** They do not hold the same versions of all origins, or something is due. */
    NOT_COMPARED,
    SAME,
    DIFFERS
  }

  /** The comparison of origins alone. */
  public Comparison(Set<String> same, Set<String> differing) {
    this(same, differing, View.NOT_COMPARED);
  }

  public Comparison {
    same = Set.copyOf(same);
    differing = Set.copyOf(differing);
  }
}

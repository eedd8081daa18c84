package io.hera.registry;

import java.util.Set;

/**
 * How a peer's checksums compare with the own ones. Origins at different horizons are in neither set.
 *
 * @param same origins of which both hold the same
 * @param differing origins of which they do not, although both promise to hold everything up to the same horizon
 */
public record Comparison(Set<String> same, Set<String> differing) {
  public Comparison {
    same = Set.copyOf(same);
    differing = Set.copyOf(differing);
  }
}

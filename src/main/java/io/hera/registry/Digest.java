package io.hera.registry;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a node sends when it asks for deltas: per origin the horizon up to which it has everything.
 *
 * @param horizons origin → version, ≥ 0; in the order of the names
 */
public record Digest(Map<String, Long> horizons) {
  public Digest {
    horizons = Collections.unmodifiableMap(new TreeMap<>(horizons));
  }

  /** A digest that asks for one origin only, everything above {@code horizon}. */
  public static Digest of(String origin, long horizon) {
    return new Digest(Map.of(origin, horizon));
  }
}

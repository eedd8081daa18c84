package io.hera.registry;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request for a delta: per origin, the horizon up to which the asker has everything.
 *
 * @param horizons origin → version, ≥ 0; in the order of the names
 */
public record Digest(Map<String, Long> horizons) {
  public Digest {
    horizons = Collections.unmodifiableMap(new TreeMap<>(horizons));
  }

  /** Returns a digest that asks for one origin only, everything above {@code horizon}. */
  public static Digest of(String origin, long horizon) {
    return new Digest(Map.of(origin, horizon));
  }
}

package io.hera.cli.reach;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A named cluster, and as whom it is asked.
 *
 * @param values without those that the context does not say; paths are absolute
 */
public record Context(String name, Map<ContextKey, String> values) {
  /** Copies, in the order of the keys. */
  public Context {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /** Returns a value. */
  public Optional<String> value(ContextKey key) {
    return Optional.ofNullable(values.get(key));
  }
}

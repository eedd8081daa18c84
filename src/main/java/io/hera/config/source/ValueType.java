package io.hera.config.source;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the values of a setting are written in a source, and which of them are allowed. */
public interface ValueType<T> {
  /**
   * Reads the value of {@code key}; empty if it is invalid, with every reason added to {@code faults}.
   *
   * @param key dotted path, for the faults
   */
  Optional<T> read(String key, RawValue raw, List<Fault> faults);

  /** Returns the rule that {@code value} breaks. */
  Optional<String> broken(T value);

  /** Returns {@code value} as a file would have it. */
  String text(T value);

  /** Returns the same by dotted key: one entry, or one per member if they change independently. */
  default Map<String, String> texts(String key, T value) {
    return Map.of(key, text(value));
  }

  /** Returns which values are allowed, for the documentation. */
  String allowed();
}

package io.hera.config;

import io.hera.config.Setting.Effect;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One setting that is different in two configurations.
 *
 * @param key dotted path, as in a file; {@code cluster.<name>} for a node
 * @param before the old value; {@code none} for a node that has been added
 * @param after the new value; {@code none} for a node that has been removed
 * @param effect when the new value takes effect
 */
public record Change(String key, String before, String after, Effect effect) {
  private static final String NONE = "none";

  /** Returns whether a running node cannot take it over. */
  public boolean needsRestart() {
    return effect == Effect.RESTART;
  }

  /** Returns {@code liveness: 300s -> 60s}. */
  @Override
  public String toString() {
    return key + ": " + before + " -> " + after;
  }

  /** Returns the differences of {@code after}; see {@link Config#difference}. */
  static List<Change> between(Config before, Config after) {
    return Settings.ALL.stream().flatMap(setting -> of(setting, before, after)).toList();
  }

  private static <T> Stream<Change> of(Setting<T> setting, Config before, Config after) {
    Map<String, String> old = texts(setting, before);
    Map<String, String> next = texts(setting, after);
    Set<String> keys = new LinkedHashSet<>(old.keySet());
    keys.addAll(next.keySet());
    return keys.stream()
        .map(key -> new Change(
            key, old.getOrDefault(key, NONE), next.getOrDefault(key, NONE), setting.effect()))
        .filter(change -> !change.before.equals(change.after));
  }

  private static <T> Map<String, String> texts(Setting<T> setting, Config config) {
    return new LinkedHashMap<>(setting.type().texts(setting.key(), setting.get().apply(config)));
  }
}

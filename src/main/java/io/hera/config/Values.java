package io.hera.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The values of settings, given or standard: what a {@link Config} is made from. Immutable. */
public final class Values {
  private final Map<String, Object> given;

  private Values(Map<String, Object> given) {
    this.given = Map.copyOf(given);
  }

  /** Returns the standard value of every setting. */
  public static Values standard() {
    return new Values(Map.of());
  }

  /** Returns these values with {@code value} given for {@code setting}. */
  public <T> Values with(Setting<T> setting, T value) {
    Map<String, Object> more = new HashMap<>(given);
    more.put(setting.key(), value);
    return new Values(more);
  }

  /** Returns the value of {@code setting}: the given one, else the standard one. */
  public <T> T get(Setting<T> setting) {
    return given(setting).orElseGet(() -> setting.standard().of(this));
  }

  /** Returns the value given for {@code setting}. */
  @SuppressWarnings("unchecked") // with() is the only way in, and ties the value to the setting
  public <T> Optional<T> given(Setting<T> setting) {
    return Optional.ofNullable((T) given.get(setting.key()));
  }

  /** Returns these values with that of {@code setting} taken from {@code config}. */
  <T> Values with(Setting<T> setting, Config config) {
    return with(setting, setting.get().apply(config));
  }
}

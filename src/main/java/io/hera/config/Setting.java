package io.hera.config;

import io.hera.config.source.ValueType;
import java.util.function.Function;

/**
 * One row of the table of settings.
 *
 * @param key dotted path, as in a file
 * @param type how its values are written, and which are allowed
 * @param standard the value if none is given
 * @param effect when a changed value takes effect
 * @param get reads the value from a configuration
 * @param meaning what it sets, for the documentation
 * @param tradeOff what a larger and a smaller value cost; may be empty
 */
public record Setting<T>(
    String key,
    ValueType<T> type,
    Standard<T> standard,
    Effect effect,
    Function<Config, T> get,
    String meaning,
    String tradeOff) {
  /** When a changed value takes effect in a running node. */
  public enum Effect {
    /** At once. */
    LIVE,
    /** At once; open connections are closed after their requests in flight. */
    RECONNECT,
    /** With the next start. */
    RESTART
  }

  /** The value of a setting that is not given. */
  public sealed interface Standard<T> {
    /** Returns the value, which may depend on the other settings. */
    T of(Values others);
  }

  /** Always the same value. */
  public record Fixed<T>(T value) implements Standard<T> {
    @Override
    public T of(Values others) {
      return value;
    }
  }

  /**
   * A value that depends on other settings.
   *
   * @param text how, for the documentation
   * @param example a value that a file might have
   */
  public record Derived<T>(String text, String example, Function<Values, T> from)
      implements Standard<T> {
    @Override
    public T of(Values others) {
      return from.apply(others);
    }
  }
}

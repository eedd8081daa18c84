package io.hera.cli.nodes;

import io.hera.wire.Durations;
import java.time.Duration;

/** Durations in options, in the form that nodes take. */
public final class TypedDuration {
  private TypedDuration() {}

  /**
   * Returns the duration that was typed.
   *
   * @param example for the message
   * @throws IllegalArgumentException if it is not one
   */
  public static Duration of(String option, String text, String example) {
    return Duration.ofMillis(Durations.millis(text)
        .orElseThrow(() -> new IllegalArgumentException(
            option + ": " + text + " is not a duration, such as " + example)));
  }
}

package io.hera.sim;

import java.util.Arrays;
import java.util.Objects;

/** Ends the run with a {@link Violation} if a condition does not hold. */
record Checker(Timeline timeline) {
  /**
   * Checks a condition.
   *
   * @param invariant its id, such as {@code S1}
   * @param what the message of the violation, with the format {@code %s} for each argument
   */
  void check(boolean holds, String invariant, String what, Object... arguments) {
    if (!holds) {
      throw new Violation(
          invariant,
          timeline.now(),
          what.formatted(Arrays.stream(arguments).map(Objects::toString).toArray()));
    }
  }
}

package io.hera.sim;

/** What was promised does not hold. Carried out of a run, which ends with it. */
final class Violation extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Which promise: {@code S1} … {@code L4}. */
  final String invariant;

  Violation(String invariant, long atMillis, String what) {
    super("%s at %s: %s".formatted(invariant, Event.time(atMillis), what));
    this.invariant = invariant;
  }
}

package io.hera.sim;

/** A broken invariant; it ends the run. */
final class Violation extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The id of the invariant: {@code S1} … {@code L4}. */
  final String invariant;

  Violation(String invariant, long atMillis, String what) {
    super("%s at %s: %s".formatted(invariant, Event.time(atMillis), what));
    this.invariant = invariant;
  }
}

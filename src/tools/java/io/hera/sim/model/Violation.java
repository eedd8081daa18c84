package io.hera.sim.model;

/** Something is not as the protocol promises. */
final class Violation extends RuntimeException {
  private static final long serialVersionUID = 1;

  Violation(String invariant, String what) {
    super(invariant + ": " + what);
  }
}

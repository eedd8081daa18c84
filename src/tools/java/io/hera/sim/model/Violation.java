package io.hera.sim.model;

/** A broken invariant of the protocol. */
final class Violation extends RuntimeException {
  private static final long serialVersionUID = 1;

  Violation(String invariant, String what) {
    super(invariant + ": " + what);
  }
}

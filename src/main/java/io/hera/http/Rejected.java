package io.hera.http;

/** A request cannot be served, for the reason that the problem gives. Carries no stack trace: it is no defect. */
final class Rejected extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Problem problem;

  Rejected(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}

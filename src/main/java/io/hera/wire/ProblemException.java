package io.hera.wire;

import java.io.Serial;

/**
 * The exception for a request that is not served; the problem gives the reason. It is an expected
 * outcome, so it carries no stack trace.
 */
public final class ProblemException extends Exception {
  @Serial
  private static final long serialVersionUID = 1;

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  /** Returns the reason. */
  public Problem problem() {
    return problem;
  }
}

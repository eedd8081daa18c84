package io.hera.client;

/** The failure of a future of the client, with the problem that caused it. */
public final class HeraException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient HeraProblem problem;

  /** Creates the failure that a problem causes. */
  public HeraException(HeraProblem problem) {
    super(problem.toString());
    this.problem = problem;
  }

  /** Returns the cause. */
  public HeraProblem problem() {
    return problem;
  }

  /** Returns whether the same call may succeed later. */
  public boolean retryable() {
    return problem.retryable();
  }
}

package io.hera.http;

/**
 * The limits in force. One per node: the node replaces them when its configuration changes, and every event loop reads them for
 * each request, a moment late at most.
 */
public final class CurrentLimits {
  private volatile HttpLimits limits;

  /** Limits that hold until they are replaced. */
  public CurrentLimits(HttpLimits limits) {
    this.limits = limits;
  }

  /** Returns the limits in force. */
  public HttpLimits get() {
    return limits;
  }

  /** Replaces the limits. */
  public void set(HttpLimits changed) {
    limits = changed;
  }
}

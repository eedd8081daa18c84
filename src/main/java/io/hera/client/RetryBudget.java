package io.hera.client;

/**
 * How many requests may be repeated at another node: a tenth of all requests, and one per second.
 * Owned by the loop.
 */
final class RetryBudget {
  private static final double SHARE = 0.1;
  private static final double PER_SECOND = 1;
  private static final double MOST = 10;

  private double left = MOST;
  private long filledAt;

  RetryBudget(long nanos) {
    filledAt = nanos;
  }

  /** Counts a request that is not a repetition. */
  void sent() {
    left = Math.min(MOST, left + SHARE);
  }

  /** Takes one repetition; returns whether there was one. */
  boolean take(long nanos) {
    left = Math.min(MOST, left + PER_SECOND * (nanos - filledAt) / 1e9);
    filledAt = nanos;
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }
}

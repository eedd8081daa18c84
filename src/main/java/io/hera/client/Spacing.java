package io.hera.client;

import java.time.Duration;

/**
 * Spaces the questions of a watch by the size of the answers: 16 KB at once, then 4 KB/s. So a first
 * change is seen at once, and the endless churn of a large service costs little. Owned by the loop.
 */
final class Spacing {
  private static final double MOST = 16 << 10;
  private static final double PER_SECOND = 4 << 10;
  private static final double NANOS = 1e9;

  private double left = MOST;
  private long filledAt;

  Spacing(long nanos) {
    filledAt = nanos;
  }

  /** Takes an answer of so many bytes; returns how long to wait before the next question. */
  Duration take(int bytes, long nanos) {
    left = Math.min(MOST, left + PER_SECOND * (nanos - filledAt) / NANOS) - bytes;
    filledAt = nanos;
    return left >= 0 ? Duration.ZERO : Duration.ofNanos((long) (-left / PER_SECOND * NANOS));
  }
}

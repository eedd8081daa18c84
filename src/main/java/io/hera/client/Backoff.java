package io.hera.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after a number of failures: 0.5 s × 2ⁿ with full jitter, up to a cap. At a cap of
 * 30 s the wait is 15 s at least, so that one client asks at most twice in 30 s.
 */
final class Backoff {
  /** The longest wait. */
  static final Duration CAP = Duration.ofSeconds(30);

  /** The longest wait in the first minute of a client, when its nodes may be starting too. */
  static final Duration FIRST_CAP = Duration.ofSeconds(2);

  private static final long FIRST_MILLIS = 500;
  private static final long LEAST_MILLIS = 50;
  private static final int DOUBLINGS_MAX = 10;

  private final RandomGenerator random;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** Returns the wait after so many failures in a row, counted from 0. */
  Duration after(int failures, Duration cap) {
    long full = FIRST_MILLIS << Math.min(failures, DOUBLINGS_MAX);
    if (full < cap.toMillis()) {
      return Duration.ofMillis(Math.max(LEAST_MILLIS, random.nextLong(full + 1)));
    }
    long longest = cap.toMillis();
    long least = longest >= CAP.toMillis() ? longest / 2 : LEAST_MILLIS;
    return Duration.ofMillis(random.nextLong(least, longest + 1));
  }

  /** Returns the duration, longer or shorter by up to this share of it. */
  Duration around(Duration middle, double share) {
    double factor = 1 + share * (2 * random.nextDouble() - 1);
    return Duration.ofNanos((long) (middle.toNanos() * factor));
  }

  /** Returns a duration from zero up to this. */
  Duration upTo(Duration longest) {
    return Duration.ofNanos(random.nextLong(longest.toNanos() + 1));
  }
}

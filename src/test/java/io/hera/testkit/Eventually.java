package io.hera.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, for two minutes at most. */
public final class Eventually {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long FIRST_PAUSE_NANOS = Duration.ofMillis(5).toNanos();

  /** A long wait is due to a busy machine, which frequent questions make busier. */
  private static final long LONGEST_PAUSE_NANOS = Duration.ofMillis(100).toNanos();

  private Eventually() {}

  /** An assertion that holds in the end. */
  @FunctionalInterface
  public interface Assertion {
    void check() throws Exception;
  }

  /** Returns as soon as the condition holds. */
  public static void holds(BooleanSupplier condition) {
    passes(() -> {
      if (!condition.getAsBoolean()) {
        throw new AssertionError("the condition does not hold");
      }
    });
  }

  /**
   * Returns as soon as the assertion passes.
   *
   * @throws AssertionError with its last failure, if it does not in time, or if the thread is
   *     interrupted, as a {@code @Timeout} does
   */
  public static void passes(Assertion assertion) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    long pause = FIRST_PAUSE_NANOS;
    while (true) {
      try {
        assertion.check();
        return;
      } catch (Exception | AssertionError notYet) {
        if (System.nanoTime() > end || Thread.interrupted()) {
          throw new AssertionError(
              "not within " + PATIENCE.toSeconds() + " s: " + notYet.getMessage(), notYet);
        }
        LockSupport.parkNanos(pause);
        pause = Math.min(pause + pause / 8, LONGEST_PAUSE_NANOS);
      }
    }
  }
}

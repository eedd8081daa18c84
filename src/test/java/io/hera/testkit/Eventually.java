package io.hera.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, for a minute at most. */
public final class Eventually {
  private static final long PATIENCE_NANOS = Duration.ofMinutes(1).toNanos();
  private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();

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
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      try {
        assertion.check();
        return;
      } catch (Exception | AssertionError notYet) {
        if (System.nanoTime() > end || Thread.interrupted()) {
          throw new AssertionError("not within 30 s: " + notYet.getMessage(), notYet);
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }
}

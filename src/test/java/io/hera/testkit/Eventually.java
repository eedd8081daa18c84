package io.hera.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition, bounded. */
public final class Eventually {
  private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();
  private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

  private Eventually() {}

  /** Something that is to hold in the end. */
  @FunctionalInterface
  public interface Assertion {
    void check() throws Exception;
  }

  /** Returns as soon as the assertion passes; throws its last failure when patience is over. */
  public static void passes(Assertion assertion) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      try {
        assertion.check();
        return;
      } catch (Exception | AssertionError notYet) {
        if (System.nanoTime() > end) {
          throw new AssertionError("not within 30 s: " + notYet.getMessage(), notYet);
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }
}

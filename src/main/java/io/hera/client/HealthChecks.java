package io.hera.client;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Checks the health of one instance, on the events' thread, one check at a time. Two failures in a row
 * make it unhealthy, one success makes it healthy. Owned by the loop.
 */
final class HealthChecks {
  private static final Logger LOG = System.getLogger("io.hera.client");
  private static final int FAILURES = 2;

  /** Follows the health; called on the loop, after each change and after the first success. */
  interface Follower {
    void health(boolean healthy);
  }

  private final HealthCheck check;
  private final Duration every;
  private final Threads threads;
  private final Follower follower;
  private int failures = FAILURES;

  /** Where it runs, and until when. */
  record Threads(Loop loop, Worker events, BooleanSupplier over) {}

  HealthChecks(HealthCheck check, Duration every, Threads threads, Follower follower) {
    this.check = check;
    this.every = every;
    this.threads = threads;
    this.follower = follower;
  }

  void begin() {
    threads.events().execute(() -> {
      boolean healthy = ask();
      threads.loop().execute(() -> take(healthy));
    });
  }

  private void take(boolean healthy) {
    if (threads.over().getAsBoolean()) {
      return;
    }
    boolean was = failures < FAILURES;
    failures = healthy ? 0 : Math.min(FAILURES, failures + 1);
    boolean is = failures < FAILURES;
    if (was != is) {
      follower.health(is);
    }
    threads.loop().after(every, this::begin);
  }

  private boolean ask() {
    try {
      return check.healthy();
    } catch (Exception failure) {
      LOG.log(Level.WARNING, "a health check failed", failure);
      return false;
    }
  }
}

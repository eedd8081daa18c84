package io.hera.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits in the thread of an application. */
final class Waiting {
  private Waiting() {}

  /** Waits until this completes, but no longer than that, and not if the thread is interrupted. */
  static void upTo(Duration longest, CompletableFuture<Void> end) {
    try {
      end.get(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | ExecutionException over) {
      return;
    }
  }
}

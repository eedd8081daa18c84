package io.hera.client;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Follows a future whose failure the follower handles. */
final class After {
  private After() {}

  /** Calls the follower with the value, or with the failure, on the thread that completes the future. */
  @SuppressWarnings(
      "FutureReturnValueIgnored") // the follower does not throw, and handles the failure
  static <T> void of(
      CompletableFuture<T> future, BiConsumer<@Nullable T, @Nullable Throwable> follower) {
    future.whenComplete(follower);
  }
}

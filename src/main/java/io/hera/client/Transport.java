package io.hera.client;

import java.util.concurrent.CompletableFuture;

/**
 * Carries requests to nodes. The library's own is made of {@code java.net.http}; another may stand
 * in for it in tests and tools.
 */
public interface Transport extends AutoCloseable {
  /**
   * Sends a request, without blocking. The future completes on any thread; a request that gets no
   * whole answer fails it with an {@link Unanswered}. A future that is cancelled ends its request.
   */
  CompletableFuture<Answer> send(Ask ask);

  /** Ends all requests and releases what the transport holds; does not wait. */
  @Override
  void close();
}

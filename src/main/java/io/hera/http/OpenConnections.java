package io.hera.http;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the connections of clients to a node, and refuses those above a limit. One per node; every event loop counts.
 *
 * <p>With TLS, a connection counts once its handshake has completed, which takes 5 s at most.
 */
public final class OpenConnections {
  private final AtomicInteger open = new AtomicInteger();
  private final LongAdder refused = new LongAdder();

  /** Counts a connection that has been opened; returns whether it is within the limit. */
  boolean opened(int max) {
    boolean within = open.incrementAndGet() <= max;
    if (!within) {
      refused.increment();
    }
    return within;
  }

  /** Counts a connection that has been closed. */
  void closed() {
    open.decrementAndGet();
  }

  /** Returns how many are open. */
  public long count() {
    return open.get();
  }

  /** Returns how many were refused. */
  public long refusedCount() {
    return refused.sum();
  }
}

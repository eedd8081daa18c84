package io.hera.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes of replies that wait in this node until their clients read them. Pages that replies
 * share do not count, because they take their memory once. One per node, used by all event loops.
 *
 * <p>When the bound is reached, further reads get 503 {@code busy}: memory is kept for those under
 * way, and for writes, whose replies are short.
 */
public final class BytesInFlight {
  private final AtomicLong bytes = new AtomicLong();
  private volatile long bytesMax;

  /** Nothing in flight yet. */
  public BytesInFlight(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** Changes the bound; replies under way go on. */
  public void limit(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** Returns the bytes in flight. */
  public long bytes() {
    return bytes.get();
  }

  /** Returns whether one more reply may begin. */
  boolean hasRoom() {
    return bytes.get() < bytesMax;
  }

  void written(int count) {
    bytes.addAndGet(count);
  }

  void sent(int count) {
    bytes.addAndGet(-count);
  }
}

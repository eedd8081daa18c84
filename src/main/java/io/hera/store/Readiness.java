package io.hera.store;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether the node is ready for its clients, and what it lacks. One per node.
 *
 * <p>A node does not speak before it knows (P7). Three flags with one writer each: the store verticle says that the node has
 * recovered, and later that it is synchronised; the HTTP server says that it stops. Any thread may read them; a reader may see a
 * change a moment late.
 */
public final class Readiness {
  private static final long NANOS = 1_000_000_000;

  private volatile boolean recovered;
  private volatile boolean synchronised;
  private volatile boolean stopping;
  /** When a reader of {@link #answeringSeconds} first found the node synchronised. */
  private final AtomicReference<OptionalLong> answeringSinceNanos =
      new AtomicReference<>(OptionalLong.empty());

  /** Returns whether clients are to use this node: it is synchronised, and its server stays. */
  public boolean ready() {
    return synchronised && !stopping;
  }

  /** Returns whether the node has its own registrations back, or has waited long enough for them: it takes writes. */
  public boolean recovered() {
    return recovered;
  }

  /** Returns whether the node has the registrations of its peers, or has waited long enough for them: it answers reads. */
  public boolean synchronised() {
    return synchronised;
  }

  /**
   * Returns for how many seconds the node has answered reads, rounded down; 0 before it does. The count begins with the first call that
   * finds the node synchronised, and is the same for all callers.
   *
   * @param nowNanos monotonic; the same clock for all callers
   */
  public long answeringSeconds(long nowNanos) {
    if (!synchronised) {
      return 0;
    }
    OptionalLong since = answeringSinceNanos.updateAndGet(
        known -> known.isPresent() ? known : OptionalLong.of(nowNanos));
    return Math.max(0, nowNanos - since.getAsLong()) / NANOS;
  }

  /** Returns whether the server is about to stop, or has stopped. */
  public boolean stopping() {
    return stopping;
  }

  /** Notes the end of the recovery, for good. */
  void recover() {
    recovered = true;
  }

  /** Notes that the node is synchronised, for good. */
  void synchronise() {
    synchronised = true;
  }

  /** Notes that the server takes requests. */
  public void serve() {
    stopping = false;
  }

  /** Notes that the server is about to stop: clients are to go elsewhere. */
  public void stop() {
    stopping = true;
  }
}

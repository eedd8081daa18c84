package io.hera.store;

/**
 * Whether the node is ready for writes, and what it lacks. One per node.
 *
 * <p>Two flags with one writer each: the store verticle says that the node has recovered, the HTTP server that it stops. Any
 * thread may read them; a reader may see a change a moment late.
 */
public final class Readiness {
  private volatile boolean recovered;
  private volatile boolean stopping;

  /** Returns whether clients are to send writes here: the node has recovered (P7), and its server stays. */
  public boolean ready() {
    return recovered && !stopping;
  }

  /** Returns whether the node has its own registrations back, or has waited long enough for them. */
  public boolean recovered() {
    return recovered;
  }

  /** Returns whether the server is about to stop, or has stopped. */
  public boolean stopping() {
    return stopping;
  }

  /** Notes the end of the recovery, for good. */
  void recover() {
    recovered = true;
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

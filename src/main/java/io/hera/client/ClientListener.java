package io.hera.client;

/**
 * Follows a client. All methods run on the thread {@code hera-events}, one at a time. If one of them
 * is slow, it gets the newest state of each node, registration and view only. An exception is logged,
 * and ends nothing.
 */
public interface ClientListener {
  /** A node answers, or does not any more. */
  default void nodeChanged(ClientStatus.NodeStatus node) {}

  /** A registration has changed its state. */
  default void registrationChanged(Registration registration) {}

  /**
   * A node has another document for a registration than this client sent. If it differs by the status
   * {@code drain}, the client keeps it; otherwise two processes use one id.
   *
   * @param theirs the document at the node
   */
  default void overwritten(Registration registration, Document theirs) {}

  /** A view has another snapshot. */
  default void viewChanged(Snapshot snapshot) {}

  /** A node has refused a registration. */
  default void refused(Registration registration, HeraProblem problem) {}
}

package io.hera.client;

/** A request that got no whole answer. */
public final class Unanswered extends Exception {
  private static final long serialVersionUID = 1;

  private final Sent sent;

  /** Whether the node can have acted upon the request. */
  public enum Sent {
    /** No byte of the request left: the connection was refused, or the name has no address. */
    NOTHING,
    /** A connection that had been used before ended before any byte of an answer. */
    ON_AN_OLD_CONNECTION,
    /** Nothing is known: time was up, or the connection broke. */
    PERHAPS
  }

  /** Creates it with a reason in the words of an operator, without secrets: "connection refused". */
  public Unanswered(String reason, Sent sent) {
    super(reason);
    this.sent = sent;
  }

  /** Returns how much of the request can have arrived. */
  public Sent sent() {
    return sent;
  }
}

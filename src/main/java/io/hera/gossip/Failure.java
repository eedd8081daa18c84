package io.hera.gossip;

/**
 * Why an exchange with a peer failed.
 *
 * @param kind whether a process is there at all
 * @param reason one sentence for people
 */
public record Failure(Kind kind, String reason) {
  /** What a failure says of the peer. */
  public enum Kind {
    /** Its host refused the connection: no process listens there, so no entries are held there (P7). */
    REFUSED,
    /** Anything else. The peer may be alive, and hold entries of this node. */
    OTHER
  }

  /** Returns a failure that does not say whether the peer is alive. */
  static Failure of(String reason) {
    return new Failure(Kind.OTHER, reason);
  }
}

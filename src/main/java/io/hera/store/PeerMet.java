package io.hera.store;

/**
 * A peer has sent a request to this node, and was admitted (P9).
 *
 * @param name of the peer, a member of the cluster
 * @param life whether the peer's process was met before
 */
public record PeerMet(String name, Life life) {
  /** Whether the process that sent the request was met before. */
  public enum Life {
    /** It is the process that was last met under this name. */
    KNOWN,
    /** It was started since the last exchange, or this node was. */
    NEW
  }
}

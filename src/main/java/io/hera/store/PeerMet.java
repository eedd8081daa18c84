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
    /** It is the process that was last fetched from the address of this name. */
    KNOWN,
    /** The request claims to come from another process than the one last fetched. */
    NEW
  }
}

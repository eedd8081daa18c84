package io.hera.store;

import java.util.OptionalLong;

/**
 * A peer has sent a request to this node, and was admitted (P9).
 *
 * @param name of the peer, a member of the cluster
 * @param life whether the peer's process was met before
 * @param owedAbove the newest own version before the peer claimed to have seen a later one: the peer owes an answer for the own
 *     entries above it (P8); empty if it claimed none
 */
public record PeerMet(String name, Life life, OptionalLong owedAbove) {
  /** A peer that claims no own version. */
  public PeerMet(String name, Life life) {
    this(name, life, OptionalLong.empty());
  }

  /** Whether the process that sent the request was met before. */
  public enum Life {
    /** It is the process that was last fetched from the address of this name. */
    KNOWN,
    /** The request claims to come from another process than the one last fetched. */
    NEW
  }
}

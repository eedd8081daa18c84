package io.hera.gossip;

/**
 * One connection to a peer, with one exchange at a time.
 *
 * @param generation counts the peers that were added, so that a peer that moved is another one
 */
public record Lane(String peer, int generation, Kind kind) {
  /** What the exchanges on a lane are for. */
  public enum Kind {
    /** Pulls of all origins, and of one origin from 0. */
    PULL,
    /** Requests that wait for the peer's next write. */
    HANG
  }
}

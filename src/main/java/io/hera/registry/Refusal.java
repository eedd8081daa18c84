package io.hera.registry;

/** Why this node refused an entry, a part of a delta or a digest of a peer. Each is counted. */
public enum Refusal {
  /** The version of an entry, or the bound of a part, is too far in the future (P3). */
  FUTURE_VERSION,
  /** The entry is a new instance, and a cap is reached (S7). */
  CAPACITY,
  /** The part is of an origin that was not asked for, or not this peer (P16). */
  UNKNOWN_ORIGIN,
  /**
   * The part begins above {@code reached}: applying it would break the promise of the horizon (P5).
   */
  GAP
}

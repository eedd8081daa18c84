package io.hera.registry;

/** Why something from a peer was not accepted. Each is counted. */
public enum Refusal {
  /** An entry's version, or a horizon claimed, lies too far in the future (PROTOCOL P3). */
  FUTURE_VERSION,
  /** A new instance came when a cap was reached. */
  CAPACITY,
  /** The delta is of an origin that is not in the cluster map. */
  UNKNOWN_ORIGIN,
  /** The delta begins above what has been reached: applying it would break the horizon's promise (P5). */
  GAP,
  /** A digest claims to have seen more of this node than its clock allows to be true (P8). */
  FUTURE_DIGEST
}

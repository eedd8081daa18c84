package io.hera.registry;

/** The kind of peer for which a delta is made. */
public enum Dialect {
  /**
   * A node of 2012. It knows registrations only, and continues from the largest version that it was
   * sent.
   */
  V1,
  /** A node of this project. It knows tombstones, ages and bounds too. */
  V2,
  /** One that knows drains as well (P18). */
  V2_DRAINS
}

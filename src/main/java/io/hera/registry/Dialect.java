package io.hera.registry;

/** For whom a delta is made. */
public enum Dialect {
  /** A node of the 2012 project: knows registrations only, and goes on from the newest it was given. */
  V1,
  /** Tombstones, ages and bounds as well. */
  V2
}

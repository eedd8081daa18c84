package io.hera.registry;

/**
 * The newest statement of one origin on one key, as it travels between nodes: the instance is here,
 * or it is gone.
 *
 * <p>Of two entries of one origin on a key, the one with the larger version is later. At equal
 * versions, a tombstone is later than a registration, and of two registrations, the one with the
 * larger bytes is later (P2). The order is total, so the result of a merge does not depend on the
 * order of arrival.
 */
public sealed interface Entry permits Registration, Tombstone {
  /** Returns the instance. */
  Key key();

  /**
   * Returns the version, which is close to the unix milliseconds of the origin at the write (P1).
   */
  long version();

  /** Returns the time since the origin accepted it, by the clock of the sender (P10). */
  long ageMillis();
}

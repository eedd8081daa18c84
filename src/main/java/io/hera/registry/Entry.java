package io.hera.registry;

/**
 * The newest word of one origin on one key, as it travels between nodes: here it is, or it is gone.
 *
 * <p>Within one origin the later of two entries on a key is the one with the larger version; at equal versions a tombstone
 * is later than a registration, and of two registrations the one with the larger bytes (PROTOCOL P2). The order is total, so
 * the result of a merge does not depend on the order of arrival.
 */
public sealed interface Entry permits Registration, Tombstone {
  /** The instance spoken of. */
  Key key();

  /** When the origin wrote it: about its unix milliseconds, unique enough to order (P1). */
  long version();

  /** How long ago the origin accepted it, in milliseconds, by the clock of whoever sends it (P10). */
  long ageMillis();
}

package io.hera.registry;

/**
 * What a merge did with the entries of a delta.
 *
 * @param applied stored
 * @param stale known already, or superseded
 * @param expired past their ttl on arrival (P10)
 * @param refused beyond a bound or cap; they are asked for again (P5)
 */
public record Merged(int applied, int stale, int expired, int refused) {
  static final Merged NOTHING = new Merged(0, 0, 0, 0);
  static final Merged APPLIED = new Merged(1, 0, 0, 0);
  static final Merged STALE = new Merged(0, 1, 0, 0);
  static final Merged EXPIRED = new Merged(0, 0, 1, 0);
  static final Merged REFUSED = new Merged(0, 0, 0, 1);

  Merged plus(Merged other) {
    return new Merged(
        applied + other.applied,
        stale + other.stale,
        expired + other.expired,
        refused + other.refused);
  }
}

package io.hera.registry;

/**
 * Counts of the entries of a delta, by what the merge did with them.
 *
 * @param applied stored
 * @param stale skipped, because a version at least as late was here
 * @param expired skipped, because they were past their ttl on arrival (P10)
 * @param refused because of a bound or a cap; the next pull asks for them again (P5)
 * @param future those of the refused ones whose version is too far in the future (P3)
 */
public record Merged(int applied, int stale, int expired, int refused, int future) {
  static final Merged NOTHING = new Merged(0, 0, 0, 0, 0);
  static final Merged APPLIED = new Merged(1, 0, 0, 0, 0);
  static final Merged STALE = new Merged(0, 1, 0, 0, 0);
  static final Merged EXPIRED = new Merged(0, 0, 1, 0, 0);
  static final Merged REFUSED = new Merged(0, 0, 0, 1, 0);
  static final Merged FUTURE = new Merged(0, 0, 0, 1, 1);

  Merged plus(Merged other) {
    return new Merged(
        applied + other.applied,
        stale + other.stale,
        expired + other.expired,
        refused + other.refused,
        future + other.future);
  }
}

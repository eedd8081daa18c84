package io.hera.registry;

/** Says what there is room for, by the bounds of the moment. Owned by {@link Registry}. */
final class Admission {
  private final View view;
  private final Slots slots;
  private RegistryLimits bounds;

  Admission(View view, Slots slots, RegistryLimits bounds) {
    this.view = view;
    this.slots = slots;
    this.bounds = bounds;
  }

  void bounds(RegistryLimits bounds) {
    this.bounds = bounds;
  }

  RegistryLimits bounds() {
    return bounds;
  }

  /** Whether an instance that is not shown yet may come; {@link Outcome#DONE} or the cap that says no. */
  Outcome roomFor(Key key, int documentBytes) {
    Service service = view.service(key.service());
    if ((service == null || service.shown() == 0) && view.services() >= bounds.servicesMax()) {
      return Outcome.SERVICES_FULL;
    }
    if (view.instances() >= bounds.instancesMax()) {
      return Outcome.INSTANCES_FULL;
    }
    return slots.bytes() + documentBytes + key.id().length() > bounds.bytesMax()
        ? Outcome.BYTES_FULL
        : Outcome.DONE;
  }

  /** Whether a tombstone may come for a key of which nothing is known. */
  boolean roomForTombstone() {
    return slots.tombstones() < 2 * bounds.tombstonesMax();
  }

  /** Whether an expired registration may leave something behind. */
  boolean roomForExpired() {
    return slots.tombstones() < bounds.tombstonesMax();
  }

  /** The longest ttl believed of a peer. */
  long ttlMaxMillis() {
    return Math.max(bounds.ttlMaxMillis(), bounds.livenessMillis());
  }

  /** For how long a tombstone is kept (P12): when there are too many, no longer than what they can have to hide. */
  long tombstoneTtl() {
    return 2
        * (slots.tombstones() < bounds.tombstonesMax()
            ? bounds.ttlMaxMillis()
            : slots.longestTtlMillis());
  }
}

package io.hera.registry;

/**
 * The limits in force, and the decisions that follow from them: whether an entry may be stored (S7)
 * and for how long a tombstone is kept (P12). Owned by {@link Registry}.
 *
 * <p>Only a new instance is refused. An entry on a key whose winner is a registration is never
 * refused for capacity, or a full node would lose the instances that it has.
 */
final class Admission {
  /** Most keys of drains for which one is taken from a peer: several nodes may take the last ones at once. */
  private static final int DRAIN_KEYS_MAX = 2 * Drains.KEYS_MAX;

  private final View view;
  private final Slots slots;
  private RegistryLimits limits;

  Admission(View view, Slots slots, RegistryLimits limits) {
    this.view = view;
    this.slots = slots;
    this.limits = limits;
  }

  void limits(RegistryLimits limits) {
    this.limits = limits;
  }

  RegistryLimits limits() {
    return limits;
  }

  /**
   * Checks whether a new instance may be stored: {@link Outcome#DONE}, or the cap that is reached.
   */
  Outcome roomFor(Key key, int documentBytes) {
    if (key.isOfDrain()) {
      return drainKeys() < DRAIN_KEYS_MAX ? Outcome.DONE : Outcome.DRAINS_FULL;
    }
    Service service = view.service(key.service());
    boolean newService = service == null || service.registeredCount() == 0;
    if (newService && view.all().registeredServices() >= limits.servicesMax()) {
      return Outcome.SERVICES_FULL;
    }
    if (view.all().registered() >= limits.instancesMax()) {
      return Outcome.INSTANCES_FULL;
    }
    return slots.bytes() + documentBytes + key.id().length() > limits.bytesMax()
        ? Outcome.BYTES_FULL
        : Outcome.DONE;
  }

  /** Returns the number of keys with a drain, or with the tombstone of one. */
  int drainKeys() {
    Service drains = view.service(Drains.SERVICE);
    return drains == null ? 0 : drains.keyCount();
  }

  /** Whether there is room for more than a few new instances and drains. */
  boolean hasRoom() {
    return view.all().registered() <= withMargin(limits.instancesMax())
        && view.all().registeredServices() <= withMargin(limits.servicesMax())
        && slots.bytes() <= withMargin(limits.bytesMax())
        && slots.tombstones() <= withMargin(2 * limits.tombstonesMax())
        && drainKeys() <= withMargin(DRAIN_KEYS_MAX);
  }

  /** The margin keeps a node at its cap from asking again whenever one instance ends. */
  private static long withMargin(long cap) {
    return cap - Math.max(1, cap / 50);
  }

  /**
   * Whether one more tombstone may be stored. Tombstones that expiries have left make room for those
   * of deregistrations, which are never dropped early. Those of drains take no room from instances (P18).
   */
  boolean makeRoomForTombstone(Key key) {
    if (key.isOfDrain()) {
      return drainKeys() < DRAIN_KEYS_MAX;
    }
    return slots.tombstones() < 2 * limits.tombstonesMax() || slots.dropOldestExpired();
  }

  /** Whether an expired registration may leave a tombstone: a drain always, as there are few. */
  boolean roomForExpired(Slot slot) {
    return slot.isDrain() || slots.tombstones() < limits.tombstonesMax();
  }

  /** Returns the longest ttl that is accepted from a peer; no setting bounds that of a drain (P18). */
  long peerTtlMaxMillis(Key key) {
    return key.isOfDrain() ? Drains.TTL_MILLIS : peerTtlMaxMillis();
  }

  private long peerTtlMaxMillis() {
    return Math.max(limits.ttlMaxMillis(), limits.livenessMillis());
  }

  /** Returns for how long a tombstone of this key is kept. */
  long tombstoneKeepMillis(Key key) {
    return key.isOfDrain() ? Drains.TOMBSTONE_MILLIS : tombstoneKeepMillis();
  }

  /**
   * Returns for how long a tombstone is kept (P12): twice the longest ttl that a client can choose,
   * or could choose before the setting was lowered.
   * Above the cap on tombstones, it is twice the longest ttl met, since no older entry lives
   * longer.
   */
  private long tombstoneKeepMillis() {
    return 2
        * (slots.tombstones() < limits.tombstonesMax()
            ? Math.max(limits.ttlMaxMillis(), slots.longestTtlMillis())
            : slots.longestTtlMillis());
  }
}

package io.hera.registry;

/** The result of a client's write. */
public enum Outcome {
  /** Done; every later read at this node sees it. */
  DONE,
  /** Done, and it renewed an instance in the last fifth of its ttl: one lost renewal would have ended it. */
  DONE_LATE,
  /** A renewal, and the view does not show that instance. */
  UNKNOWN_INSTANCE,
  /** The condition of the write does not hold; nothing was changed. */
  PRECONDITION_FAILED,
  /** The node does not have its own entries back from its peers yet (P7). Try again soon. */
  RECOVERING,
  /** A new instance, and {@link RegistryLimits#servicesMax} is reached. */
  SERVICES_FULL,
  /** A new instance, and {@link RegistryLimits#instancesMax} is reached. */
  INSTANCES_FULL,
  /** A new instance, and {@link RegistryLimits#bytesMax} is reached. */
  BYTES_FULL,
  /** A deregistration, and twice {@link RegistryLimits#tombstonesMax} are held; nothing was changed. */
  TOMBSTONES_FULL,
  /** A new drain, and {@link Drains#MAX} are in force; nothing was changed. */
  DRAINS_FULL;

  /** Returns whether the write was done. */
  public boolean isDone() {
    return this == DONE || this == DONE_LATE;
  }
}

package io.hera.registry;

/** The result of a client's write. */
public enum Outcome {
  /** Done; every later read at this node sees it. */
  DONE,
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
  TOMBSTONES_FULL
}

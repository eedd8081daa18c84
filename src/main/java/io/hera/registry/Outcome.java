package io.hera.registry;

/** What became of a write. */
public enum Outcome {
  /** It is in, and every reader of this node sees it. */
  DONE,
  /** There is no instance of that name to be renewed. */
  UNKNOWN_INSTANCE,
  /** The node has not yet got its own entries back from its peers (PROTOCOL P7). Try again soon. */
  RECOVERING,
  /** A new instance, and {@link RegistryLimits#servicesMax} is reached. */
  SERVICES_FULL,
  /** A new instance, and {@link RegistryLimits#instancesMax} is reached. */
  INSTANCES_FULL,
  /** A new instance, and {@link RegistryLimits#bytesMax} is reached. */
  BYTES_FULL
}

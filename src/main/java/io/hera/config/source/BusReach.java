package io.hera.config.source;

/** Which processes may use a node over the event bus. */
public enum BusReach {
  /** The one in which the node runs. */
  LOCAL,
  /** All that join the event-bus cluster. */
  CLUSTER
}

package io.hera.wire;

import java.util.OptionalInt;

/** Whether a node serves clients of Eureka, and where. */
public sealed interface EurekaMode {
  /** Nowhere. */
  record Off() implements EurekaMode {}

  /** At its port, beside everything else. */
  record On() implements EurekaMode {}

  /** At its port, and at this one, where there is nothing else. */
  record AlsoAt(int port) implements EurekaMode {}

  /** Returns the port that it has of its own. */
  default OptionalInt ownPort() {
    return this instanceof AlsoAt also ? OptionalInt.of(also.port()) : OptionalInt.empty();
  }
}

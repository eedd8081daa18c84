package io.hera.cli.events;

import java.util.OptionalLong;

/**
 * Everything that one node says of an instance.
 *
 * @param shown whether it shows the instance
 * @param history its events of the instance
 * @param sinceMillis when its history begins, if it has no event of the instance
 */
record InstanceView(Shown shown, NodeHistory history, OptionalLong sinceMillis) {
  /** Whether a node shows an instance. */
  sealed interface Shown {}

  record Yes() implements Shown {}

  record No() implements Shown {}

  /** It is registered, and a drain hides it from clients (P18); the reason is the operator's. */
  record Hidden(String reason) implements Shown {}

  /** It cannot say; the reason is the predicate of a sentence about the node. */
  record Unknown(String reason) implements Shown {}

  String node() {
    return history.node();
  }
}

package io.hera.registry;

/** A drain in force. Owned by {@link DrainIndex}. */
final class Drain {
  final Selector selector;
  /** The entry of the last command. */
  Slot slot;
  /** Why, as the operator says; perhaps empty. It stays with the instances that refer to an ended drain. */
  String reason;
  /** The identity of the operator; empty without access control. */
  String by;
  /** How many instances it matches, each of which refers to it. */
  int instances;

  Drain(Selector selector, Slot slot, String reason, String by) {
    this.selector = selector;
    this.slot = slot;
    this.reason = reason;
    this.by = by;
  }
}

package io.hera.store;

import io.hera.registry.Selector;

/** A command of an operator on a drain (P18). */
public sealed interface DrainCommand {
  /** Returns what the drain selects. */
  Selector selector();

  /**
   * Hides the instances selected.
   *
   * @param document a JSON object about the command; not modified any more
   * @param ttlMillis when it ends; 0 if it lasts
   */
  record Put(Selector selector, byte[] document, long ttlMillis, Caution caution)
      implements DrainCommand {}

  /** Ends a drain. */
  record Remove(Selector selector) implements DrainCommand {}

  /** Whether a drain is refused that would do harm. */
  enum Caution {
    /** It is refused. */
    ASKED,
    /** The operator knows. */
    FORCED
  }
}

package io.hera.store;

import io.hera.registry.Key;
import java.util.Optional;
import java.util.function.Predicate;

/** A write of a client to one instance. */
public sealed interface Write {
  /** The instance. */
  Key key();

  /**
   * Registers, or renews with a document: see {@link io.hera.registry.Registry#put}.
   *
   * @param document one JSON object, checked; not modified any more
   * @param ttlMillis chosen by the client, or 0
   */
  record Put(Key key, byte[] document, long ttlMillis) implements Write {}

  /** Renews without a document; {@code ttlMillis} chosen by the client, or 0. */
  record Renew(Key key, long ttlMillis) implements Write {}

  /** Deregisters. */
  record Remove(Key key) implements Write {}

  /**
   * Does another write if a condition holds at this node, in the same turn.
   *
   * @param condition on the entity tag of the instance as this node shows it; empty if it shows none
   */
  record Conditional(Write write, Predicate<Optional<String>> condition) implements Write {
    @Override
    public Key key() {
      return write.key();
    }
  }
}

package io.hera.store;

import io.hera.registry.Change;
import io.hera.registry.InstanceView;
import io.hera.registry.Key;
import io.hera.store.history.Author;
import java.util.Optional;
import java.util.function.Consumer;
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

  /** A write of a client that the history names if it changes something. */
  record By(Author author, Write write) implements Write {
    @Override
    public Key key() {
      return write.key();
    }
  }

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

  /**
   * Does another write, and shows how this node has the instance after it, if the write is done and leaves one.
   *
   * @param reader called before the write ends, on the context of the store
   */
  record Shown(Write write, Consumer<InstanceView> reader) implements Write {
    @Override
    public Key key() {
      return write.key();
    }
  }

  /**
   * Does a write without a condition, and says how it changes the content that this node shows: {@code REGISTERED}, {@code UPDATED}
   * or {@code DEREGISTERED}. A write that only renews says nothing, whether it has a document or not.
   *
   * @param observer called before the write ends, on the context of the store
   */
  record Observed(Write write, Consumer<Change.Kind> observer) implements Write {
    @Override
    public Key key() {
      return write.key();
    }
  }
}

package io.hera.client;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Hands the newest of a series of values to a consumer, on the events' thread: in order, one at a time.
 * A slow consumer gets fewer values, never older ones. Thread-safe.
 */
final class Conflated<T> {
  private static final Logger LOG = System.getLogger("io.hera.client");

  private final Worker events;
  private final Consumer<T> consumer;
  private final AtomicReference<Optional<T>> waiting = new AtomicReference<>(Optional.empty());

  Conflated(Worker events, Consumer<T> consumer) {
    this.events = events;
    this.consumer = consumer;
  }

  void offer(T value) {
    if (waiting.getAndSet(Optional.of(value)).isEmpty()) {
      events.execute(this::deliver);
    }
  }

  private void deliver() {
    waiting.getAndSet(Optional.empty()).ifPresent(value -> safely(() -> consumer.accept(value)));
  }

  /** Runs foreign code; a failure of it is logged. */
  static void safely(Runnable foreign) {
    try {
      foreign.run();
    } catch (RuntimeException | Error failure) {
      LOG.log(Level.WARNING, "a listener failed", failure);
    }
  }
}

package io.hera.store;

/** Runs what is due later, on the context of the store. */
public interface Timers {
  /** Runs {@code due} once. */
  void run(long delayMillis, Runnable due);
}

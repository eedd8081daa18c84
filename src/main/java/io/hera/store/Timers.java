package io.hera.store;

/** Runs delayed work on the context of the store. */
public interface Timers {
  /** Runs {@code due} once. */
  void run(long delayMillis, Runnable due);
}

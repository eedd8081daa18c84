package io.hera.client;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * One thread's worth of work and time: all state of a client belongs to its loop, and changes only
 * in work that the loop runs. Tests have one whose time is virtual.
 */
public interface Loop extends Executor, AutoCloseable {
  /** Returns a monotonic time in nanoseconds; only differences mean something. Any thread may ask. */
  long nanos();

  /** Runs the work on the loop, in the order of the calls. Any thread may call; after close, nothing runs. */
  @Override
  void execute(Runnable work);

  /** Runs the work on the loop after a delay, unless it is cancelled before. */
  Timer after(Duration delay, Runnable work);

  /** Drops all work and all timers; does not wait. */
  @Override
  void close();

  /** Work that waits for its time. */
  interface Timer {
    /** Does nothing if the work has begun. */
    void cancel();
  }
}

package io.hera.client;

import java.util.concurrent.Executor;

/**
 * Runs foreign code, one piece after the other: listeners, health checks, suppliers of tokens, and all
 * that depends on a future.
 */
public interface Worker extends Executor, AutoCloseable {
  /** Runs the work after all earlier work. Any thread may call; after close, nothing new runs. */
  @Override
  void execute(Runnable work);

  /** Takes no more work; does not wait. */
  @Override
  void close();
}

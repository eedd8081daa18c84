package io.hera.client;

import java.time.Duration;

/** A loop, and a worker, in virtual time. After it is closed, nothing of it runs. */
public final class VirtualLoop implements Loop, Worker {
  private final VirtualTime time;
  private boolean closed;

  VirtualLoop(VirtualTime time) {
    this.time = time;
  }

  @Override
  public long nanos() {
    return time.nanos();
  }

  @Override
  public void execute(Runnable work) {
    after(Duration.ZERO, work);
  }

  @Override
  public Timer after(Duration delay, Runnable work) {
    return time.after(delay, () -> {
      if (!closed) {
        work.run();
      }
    });
  }

  @Override
  public void close() {
    closed = true;
  }
}

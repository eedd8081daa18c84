package io.hera.client;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A loop with a thread of its own, {@code hera-client}. */
final class ThreadLoop implements Loop {
  static final String NAME = "hera-client";

  private static final Logger LOG = System.getLogger("io.hera.client");

  private final LongSupplier clock;
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, work -> OneThread.daemon(work, NAME));

  /** Creates a loop that reads the time from a monotonic clock in nanoseconds. */
  ThreadLoop(LongSupplier clock) {
    this.clock = clock;
    thread.setRemoveOnCancelPolicy(true);
    thread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
  }

  @Override
  public long nanos() {
    return clock.getAsLong();
  }

  @Override
  public void execute(Runnable work) {
    thread.execute(() -> guarded(work));
  }

  @Override
  public Timer after(Duration delay, Runnable work) {
    ScheduledFuture<?> timer =
        thread.schedule(() -> guarded(work), delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> timer.cancel(false);
  }

  /** A defect in one piece of work does not end the others. */
  private static void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error defect) {
      LOG.log(Level.ERROR, "a defect of the client", defect);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}

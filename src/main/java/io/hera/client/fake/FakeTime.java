package io.hera.client.fake;

import io.hera.client.Loop;
import io.hera.client.Worker;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A clock that a test turns, and the work that waits for it. Work runs in the thread that hands it in
 * or turns the clock, in the order of its time, and one at a time. Thread-safe.
 */
final class FakeTime {
  private static final Comparator<Due> ORDER =
      Comparator.comparingLong(Due::at).thenComparingLong(Due::number);

  /** Work that is due at a time; equal times are in the order of the numbers. */
  private record Due(long at, long number, Runnable work) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final PriorityQueue<Due> queue = new PriorityQueue<>(ORDER);
  private volatile long nanos;
  private long number;

  long nanos() {
    return nanos;
  }

  /** Runs the work at once; within other work, after it. */
  void execute(Runnable work) {
    boolean nested = lock.isHeldByCurrentThread();
    after(Duration.ZERO, work);
    if (!nested) {
      advance(Duration.ZERO);
    }
  }

  /** Runs the work when the clock has been turned so far; returns what takes it back. */
  Loop.Timer after(Duration delay, Runnable work) {
    lock.lock();
    try {
      Due due = new Due(nanos + Math.max(0, delay.toNanos()), number++, work);
      queue.add(due);
      return () -> cancel(due);
    } finally {
      lock.unlock();
    }
  }

  private void cancel(Due due) {
    lock.lock();
    try {
      queue.remove(due);
    } finally {
      lock.unlock();
    }
  }

  /** Turns the clock, and runs all that is due on the way. */
  void advance(Duration time) {
    lock.lock();
    try {
      long end = nanos + time.toNanos();
      while (!queue.isEmpty() && queue.element().at() <= end) {
        Due due = queue.remove();
        nanos = Math.max(nanos, due.at());
        due.work().run();
      }
      nanos = end;
    } finally {
      lock.unlock();
    }
  }

  /** A loop, or a worker, of this time. */
  final class Lane implements Loop, Worker {
    private volatile boolean closed;

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public void execute(Runnable work) {
      FakeTime.this.execute(open(work));
    }

    @Override
    public Timer after(Duration delay, Runnable work) {
      return FakeTime.this.after(delay, open(work));
    }

    private Runnable open(Runnable work) {
      return () -> {
        if (!closed) {
          work.run();
        }
      };
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}

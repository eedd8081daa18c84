package io.hera.client;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/** A clock that tests turn: work runs in the order of its time, in the thread of the test. */
public final class VirtualTime {
  private final PriorityQueue<Due> queue = new PriorityQueue<>(
      Comparator.comparingLong((Due due) -> due.at).thenComparing(due -> due.number));
  private long nanos = 1_000_000_000_000L;
  private long number;

  private static final class Due {
    final long at;
    final long number;
    Optional<Runnable> work;

    Due(long at, long number, Runnable work) {
      this.at = at;
      this.number = number;
      this.work = Optional.of(work);
    }
  }

  /** Returns the present time. */
  public long nanos() {
    return nanos;
  }

  /** Runs the work after a delay, unless it is cancelled before. */
  public Loop.Timer after(Duration delay, Runnable work) {
    Due due = new Due(nanos + Math.max(0, delay.toNanos()), number++, work);
    queue.add(due);
    return () -> due.work = Optional.empty();
  }

  /** Runs all that is due within this time. */
  public void pass(Duration time) {
    long end = nanos + time.toNanos();
    while (!queue.isEmpty() && queue.peek().at <= end) {
      step();
    }
    nanos = end;
  }

  /** Runs all that is due now. */
  public void settle() {
    pass(Duration.ZERO);
  }

  /** Runs the next work if it is due until then; returns whether there was one. */
  boolean stepUntil(long end) {
    if (queue.isEmpty() || queue.peek().at > end) {
      nanos = Math.max(nanos, end);
      return false;
    }
    step();
    return true;
  }

  private void step() {
    Due due = queue.remove();
    nanos = due.at;
    due.work.ifPresent(Runnable::run);
  }

  /** Returns a loop of this time. */
  public VirtualLoop loop() {
    return new VirtualLoop(this);
  }
}

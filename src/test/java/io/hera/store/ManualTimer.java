package io.hera.store;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Timers for tests, which advance the time themselves. */
final class ManualTimer implements Timers {
  private final PriorityQueue<Due> waiting =
      new PriorityQueue<>(Comparator.comparingLong(due -> due.atMillis));
  private long nowMillis;

  private record Due(long atMillis, Runnable action) {}

  long nowMillis() {
    return nowMillis;
  }

  @Override
  public void run(long delayMillis, Runnable due) {
    waiting.add(new Due(nowMillis + delayMillis, due));
  }

  void advance(long millis) {
    long until = nowMillis + millis;
    while (!waiting.isEmpty() && waiting.peek().atMillis <= until) {
      Due next = waiting.remove();
      nowMillis = next.atMillis;
      next.action.run();
    }
    nowMillis = until;
  }
}

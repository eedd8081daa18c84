package io.hera.sim;

import java.util.PriorityQueue;

/**
 * The virtual clock, and the actions scheduled by it: they run in the order of their times, at one
 * time in the order in which they were scheduled.
 */
final class Timeline {
  private record Due(long atMillis, long sequence, Runnable action) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      return atMillis == other.atMillis
          ? Long.compare(sequence, other.sequence)
          : Long.compare(atMillis, other.atMillis);
    }
  }

  private final PriorityQueue<Due> queue = new PriorityQueue<>();
  private long nowMillis;
  private long sequence;

  long now() {
    return nowMillis;
  }

  void at(long millis, Runnable action) {
    queue.add(new Due(Math.max(nowMillis, millis), sequence++, action));
  }

  /** Runs all actions up to {@code millis}. */
  void runUntil(long millis) {
    for (Due due = queue.peek(); due != null && due.atMillis <= millis; due = queue.peek()) {
      queue.poll();
      nowMillis = due.atMillis;
      due.action.run();
    }
    nowMillis = millis;
  }
}

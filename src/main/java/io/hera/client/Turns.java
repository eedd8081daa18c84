package io.hera.client;

import java.util.ArrayDeque;
import java.util.Deque;

/** Lets a few requests of a kind be on their way at a time; others wait. Owned by the loop. */
final class Turns {
  private static final int AT_ONCE = 4;

  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private int underway;

  /** Runs this when it is its turn; it ends with {@link #done}. */
  void take(Runnable work) {
    if (underway < AT_ONCE) {
      underway++;
      work.run();
    } else {
      waiting.add(work);
    }
  }

  /** One is over: the next begins. */
  void done() {
    underway--;
    if (!waiting.isEmpty()) {
      take(waiting.remove());
    }
  }
}

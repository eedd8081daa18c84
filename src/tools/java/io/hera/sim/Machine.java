package io.hera.sim;

import java.util.function.Consumer;

/**
 * A machine with one process, which can be killed, held up and restarted. Timers and messages of a
 * killed process are dropped; those of one that is held up wait until it continues.
 */
abstract class Machine {
  final String name;
  final Timeline timeline;
  final SimClock clock;

  private long pausedUntil;
  private int life;
  private boolean up;

  Machine(String name, Timeline timeline, long clockTickMillis) {
    this.name = name;
    this.timeline = timeline;
    this.clock = new SimClock(timeline, clockTickMillis);
  }

  /** Starts the process, without memory. */
  abstract void boot();

  /** Handles a request; {@code reply} may be called now, later, or never. */
  abstract void receive(Request request, Consumer<Response> reply);

  final void start() {
    life++;
    up = true;
    pausedUntil = 0;
    boot();
  }

  void crash() {
    life++;
    up = false;
  }

  void pause(long millis) {
    pausedUntil = Math.max(pausedUntil, timeline.now() + millis);
  }

  /** Returns the time until the process continues. */
  final long pauseLeft() {
    return Math.max(0, pausedUntil - timeline.now());
  }

  final boolean up() {
    return up;
  }

  final boolean running() {
    return up && timeline.now() >= pausedUntil;
  }

  /** Returns how often the process was started or killed. */
  final int life() {
    return life;
  }

  /** Runs {@code action} after a time, unless the process was killed by then. */
  final void later(long millis, Runnable action) {
    inLife(life, timeline.now() + millis, action);
  }

  private void inLife(int of, long atMillis, Runnable action) {
    timeline.at(atMillis, () -> {
      if (up && life == of) {
        if (timeline.now() < pausedUntil) {
          inLife(of, pausedUntil, action);
        } else {
          action.run();
        }
      }
    });
  }
}

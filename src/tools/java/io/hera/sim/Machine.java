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
    this.clock = new SimClock(timeline, clockTickMillis, 1_000L * name.hashCode());
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

  /** Holds the process up; its clocks and timers go on. */
  void pause(long millis) {
    pausedUntil = Math.max(pausedUntil, timeline.now() + millis);
  }

  /** Suspends the machine, unless the process is held up: timers stand still too. */
  void suspend(long millis) {
    if (running()) {
      clock.suspend(millis);
      pause(millis);
    }
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

  /** Runs {@code action} after a time by a timer of the process, unless it was killed by then. */
  final void later(long millis, Runnable action) {
    int of = life;
    long suspended = clock.suspendedMillis();
    inLife(of, timeline.now() + millis, () -> {
      long standing = clock.suspendedMillis() - suspended;
      if (standing > 0 && millis > 0) {
        inLife(of, timeline.now() + Math.min(standing, millis), action);
      } else {
        action.run();
      }
    });
  }

  /** Runs {@code action} when a message arrives after a time, unless the process was killed by then. */
  final void arrives(long millis, Runnable action) {
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

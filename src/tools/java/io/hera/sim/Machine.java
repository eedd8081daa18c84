package io.hera.sim;

import java.util.function.Consumer;

/**
 * What a node runs on: a process that may be killed, held up and started anew. Timers and messages of a process that is gone are
 * dropped; those of one that is held up wait until it goes on.
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

  /** The process begins, knowing nothing. */
  abstract void boot();

  /** A question arrives; {@code reply} may be used now, later, or never. */
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

  /** For how long it is held up still. */
  final long pauseLeft() {
    return Math.max(0, pausedUntil - timeline.now());
  }

  final boolean up() {
    return up;
  }

  final boolean running() {
    return up && timeline.now() >= pausedUntil;
  }

  /** How often it has been started or killed. */
  final int life() {
    return life;
  }

  /** Runs {@code action} in this process, if it still lives then. */
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

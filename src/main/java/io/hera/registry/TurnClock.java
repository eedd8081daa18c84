package io.hera.registry;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * What time it is, read once a turn, and what is to be made of a turn that comes late (PROTOCOL P10, P11). Owned by
 * {@link Registry}.
 *
 * <p>The wall clock orders writes and is believed within bounds only; deadlines are kept by the monotonic clock. A turn that
 * comes a second later than the slowest timer says that the process was held up (garbage collection, SIGSTOP, suspend).
 * Renewals that were sent meanwhile wait in socket buffers or went to other nodes, so nothing is to be expired before they
 * have been heard: the own entries live longer by the time lost, those of others until a pull has gone well.
 */
final class TurnClock {
  private static final long PAUSE_MILLIS = 1_000;

  private final InstantSource wall;
  private final LongSupplier monotonicNanos;
  private final long startNanos;
  private long now;
  private long monotonic;
  private long heldUntil;
  private boolean askedSincePause;

  TurnClock(InstantSource wall, LongSupplier monotonicNanos) {
    this.wall = wall;
    this.monotonicNanos = monotonicNanos;
    this.startNanos = monotonicNanos.getAsLong();
  }

  /** Reads the clocks; returns for how many milliseconds the process was held up, 0 if it was not. */
  long turn(long holdMillis) {
    now = wall.millis();
    long before = monotonic;
    monotonic = (monotonicNanos.getAsLong() - startNanos) / 1_000_000;
    long late = monotonic - before - Registry.PURGE_INTERVAL_MILLIS;
    if (late <= PAUSE_MILLIS) {
      return 0;
    }
    heldUntil = monotonic + holdMillis;
    askedSincePause = false;
    return late;
  }

  /** Unix milliseconds of this turn. */
  long now() {
    return now;
  }

  /** Milliseconds of this turn since the registry was made; never goes back. */
  long monotonic() {
    return monotonic;
  }

  /** What time it is for the deadlines of {@code replica}. */
  long of(Replica replica) {
    return replica.timeAt(monotonic);
  }

  /** Whether other origins' entries are to be kept although their deadlines have passed. */
  boolean holding() {
    return monotonic < heldUntil;
  }

  void pullBegins() {
    askedSincePause = true;
  }

  void pullEndsWell() {
    if (askedSincePause) {
      heldUntil = 0;
    }
  }
}

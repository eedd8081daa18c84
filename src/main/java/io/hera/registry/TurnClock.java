package io.hera.registry;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The time of the current turn, and the detection of pauses (P10, P11). Owned by {@link Registry}.
 *
 * <p>Each turn reads both clocks once. The wall clock orders writes, and is trusted within bounds
 * only. The monotonic clock keeps deadlines.
 *
 * <p>The purge timer takes a turn at least every {@value Registry#PURGE_INTERVAL_MILLIS} ms. A turn
 * that comes more than a second later than that shows that the process was held up, by garbage
 * collection, SIGSTOP or a suspended machine. The renewals that clients sent meanwhile wait in
 * socket buffers, or went to other nodes; the node must read them before it expires anything. The
 * deadlines of own entries therefore move on by the time lost. The entries of other origins are
 * kept until a pull that began after the pause has ended well, or until the hold is over.
 */
final class TurnClock {
  private static final long PAUSE_MILLIS = 1_000;

  private final InstantSource wall;
  private final LongSupplier monotonicNanos;
  private final long startNanos;
  private long wallMillis;
  private long monotonicMillis;
  private long heldUntilMillis;
  private boolean pullBegunSincePause;

  TurnClock(InstantSource wall, LongSupplier monotonicNanos) {
    this.wall = wall;
    this.monotonicNanos = monotonicNanos;
    this.startNanos = monotonicNanos.getAsLong();
  }

  /**
   * Begins a turn: reads both clocks, and detects a pause.
   *
   * @param holdMillis for how long entries of other origins are kept after a pause without a pull
   * @return for how many milliseconds the process was held up, 0 if it was not
   */
  long turn(long holdMillis) {
    wallMillis = wall.millis();
    long before = monotonicMillis;
    monotonicMillis = (monotonicNanos.getAsLong() - startNanos) / 1_000_000;
    long lateMillis = monotonicMillis - before - Registry.PURGE_INTERVAL_MILLIS;
    if (lateMillis <= PAUSE_MILLIS) {
      return 0;
    }
    heldUntilMillis = monotonicMillis + holdMillis;
    pullBegunSincePause = false;
    return lateMillis;
  }

  /** Returns the unix time of this turn. */
  long wallMillis() {
    return wallMillis;
  }

  /** Returns the time from the creation of the registry to this turn; it never goes back. */
  long monotonicMillis() {
    return monotonicMillis;
  }

  /** Returns the time of this turn on the scale of {@code replica}'s deadlines. */
  long millisOf(Replica replica) {
    return replica.millisAt(monotonicMillis);
  }

  /** Whether expired entries of other origins are kept, because of a pause. */
  boolean holding() {
    return monotonicMillis < heldUntilMillis;
  }

  /** Records that a pull begins. */
  void pullBegins() {
    pullBegunSincePause = true;
  }

  /** Ends the hold, unless the pull began before the pause. */
  void pullEndsWell() {
    if (pullBegunSincePause) {
      heldUntilMillis = 0;
    }
  }
}

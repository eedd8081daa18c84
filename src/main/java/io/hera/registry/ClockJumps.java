package io.hera.registry;

/**
 * Counts how often the wall clock and boot time jumped apart: the clock was set, or the machine was
 * resumed from a snapshot (P9). Owned by {@link TurnClock}.
 *
 * <p>After a suspend the wall clock jumps at once, and boot time up to a second later, since it is
 * read once a second. A difference therefore counts only when it lasts.
 */
final class ClockJumps {
  private static final long JUMP_MILLIS = 10_000;
  private static final long LASTS_MILLIS = 2_000;

  private boolean observed;
  private long settledOffset;
  private long suspectSinceMillis = Long.MAX_VALUE;
  private int count;

  /** Compares the wall clock minus boot time with its former value. */
  void observe(long offsetMillis, long bootMillis) {
    boolean jumped = observed && Math.abs(offsetMillis - settledOffset) > JUMP_MILLIS;
    if (jumped) {
      suspectSinceMillis = Math.min(suspectSinceMillis, bootMillis);
    }
    boolean lasts = jumped && bootMillis - suspectSinceMillis >= LASTS_MILLIS;
    if (lasts) {
      count++;
    }
    if (!jumped || lasts) {
      observed = true;
      settledOffset = offsetMillis;
      suspectSinceMillis = Long.MAX_VALUE;
    }
  }

  /** Returns the number of jumps since the start. */
  int count() {
    return count;
  }
}

package io.hera.store;

import java.time.Instant;
import java.time.InstantSource;

/**
 * How far the agreed time is ahead of the wall clock of this node (P15). One per node: the store verticle writes it, any thread may
 * read it, and sees a change a moment late.
 */
public final class ClockCorrection {
  private volatile long millis;

  void set(long correctionMillis) {
    if (correctionMillis != millis) {
      millis = correctionMillis;
    }
  }

  /** Returns the agreed time minus the wall clock. */
  public long millis() {
    return millis;
  }

  /** Returns a clock that shows the agreed time. */
  public InstantSource corrected(InstantSource wall) {
    return () -> Instant.ofEpochMilli(wall.millis() + millis);
  }
}

package io.hera.sim;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** The two clocks of one simulated machine: the wall clock may be put anywhere, the monotonic one goes with the world's. */
final class SimClock implements InstantSource {
  static final long EPOCH = 1_700_000_000_000L;

  private final Timeline timeline;
  private final long tickMillis;
  private long offsetMillis;

  /** A wall clock that goes on by {@code tickMillis} at a time. */
  SimClock(Timeline timeline, long tickMillis) {
    this.timeline = timeline;
    this.tickMillis = tickMillis;
  }

  void step(long millis) {
    offsetMillis += millis;
  }

  void setRight() {
    offsetMillis = 0;
  }

  long offsetMillis() {
    return offsetMillis;
  }

  LongSupplier monotonicNanos() {
    return () -> timeline.now() * 1_000_000;
  }

  @Override
  public long millis() {
    return EPOCH + timeline.now() / tickMillis * tickMillis + offsetMillis;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }
}

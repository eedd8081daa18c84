package io.hera.sim;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The two clocks of a simulated machine. The wall clock can be stepped; the monotonic clock follows
 * the timeline.
 */
final class SimClock implements InstantSource {
  static final long EPOCH = 1_700_000_000_000L;

  private final Timeline timeline;
  private final long tickMillis;
  private long offsetMillis;

  /** Creates a wall clock with a resolution of {@code tickMillis}. */
  SimClock(Timeline timeline, long tickMillis) {
    this.timeline = timeline;
    this.tickMillis = tickMillis;
  }

  void step(long millis) {
    offsetMillis += millis;
  }

  void correct() {
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

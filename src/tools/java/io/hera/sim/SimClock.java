package io.hera.sim;

import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * The clocks of a simulated machine, which follow one oscillator: it may be too fast or too slow.
 * The wall clock can be stepped. The monotonic clock stands still while the machine is suspended,
 * the uptime does not. Both begin at an arbitrary time, as those of real machines.
 */
final class SimClock implements InstantSource {
  static final long EPOCH = 1_700_000_000_000L;

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Timeline timeline;
  private final long tickMillis;
  private final long startNanos;
  private long ratedMillis;
  private long ratedNanos;
  private long driftPpm;
  private long suspendedMillis;
  private long offsetMillis;

  /**
   * Creates the clocks of a machine.
   *
   * @param tickMillis resolution of the wall clock
   * @param startMillis the monotonic clock at the beginning
   */
  SimClock(Timeline timeline, long tickMillis, long startMillis) {
    this.timeline = timeline;
    this.tickMillis = tickMillis;
    this.startNanos = startMillis * NANOS_PER_MILLI;
  }

  /** Steps the wall clock. */
  void step(long millis) {
    offsetMillis += millis;
  }

  /** Sets the wall clock to the true time. */
  void correct() {
    offsetMillis = timeline.now() - elapsedNanos() / NANOS_PER_MILLI;
  }

  /** Makes the oscillator fast, or slow if negative, by millionths. */
  void drift(long ppm) {
    ratedNanos = elapsedNanos();
    ratedMillis = timeline.now();
    driftPpm = ppm;
  }

  /** Takes a time out of the monotonic clock, during which the machine is suspended from now on. */
  void suspend(long millis) {
    suspendedMillis += millis;
  }

  /** Returns for how long the machine has been suspended, or will have been after a present suspend. */
  long suspendedMillis() {
    return suspendedMillis;
  }

  /** Returns the wall clock minus the true time, apart from its resolution. */
  long errorMillis() {
    return offsetMillis + elapsedNanos() / NANOS_PER_MILLI - timeline.now();
  }

  LongSupplier monotonicNanos() {
    return () -> startNanos + elapsedNanos() - suspendedMillis * NANOS_PER_MILLI;
  }

  /** Returns the time since the machine was booted, suspends included. */
  OptionalLong uptimeMillis() {
    return OptionalLong.of(elapsedNanos() / NANOS_PER_MILLI);
  }

  /** Returns the time by the oscillator. */
  private long elapsedNanos() {
    return ratedNanos + (timeline.now() - ratedMillis) * (NANOS_PER_MILLI + driftPpm);
  }

  @Override
  public long millis() {
    long elapsedMillis = elapsedNanos() / NANOS_PER_MILLI;
    return EPOCH + elapsedMillis / tickMillis * tickMillis + offsetMillis;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }
}

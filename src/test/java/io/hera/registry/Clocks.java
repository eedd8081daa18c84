package io.hera.registry;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The two clocks of one node under test: a wall clock that may step, and a monotonic one that may
 * not.
 */
public final class Clocks implements InstantSource {
  /** The time at which all wall clocks start. */
  public static final long EPOCH = 1_700_000_000_000L;

  private long wallMillis = EPOCH;
  private long monotonicMillis;

  /** Lets time pass on both clocks. */
  public void pass(long millis) {
    wallMillis += millis;
    monotonicMillis += millis;
  }

  /** Sets the wall clock forwards or back. */
  public void step(long millis) {
    wallMillis += millis;
  }

  /**
   * Returns the monotonic clock; it starts at an arbitrary value, as {@code System.nanoTime} does.
   */
  public LongSupplier monotonicNanos() {
    return () -> (monotonicMillis - 7_000) * 1_000_000;
  }

  /** Returns the time passed. */
  public long monotonicMillis() {
    return monotonicMillis;
  }

  @Override
  public long millis() {
    return wallMillis;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(wallMillis);
  }
}

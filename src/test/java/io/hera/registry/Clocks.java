package io.hera.registry;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** The two clocks of one node under test: a wall clock that may step, and a monotonic one that may not. */
public final class Clocks implements InstantSource {
  /** Where all wall clocks begin. */
  public static final long EPOCH = 1_700_000_000_000L;

  private long wallMillis = EPOCH;
  private long monotonicMillis;

  /** Time passes: both clocks go on. */
  public void pass(long millis) {
    wallMillis += millis;
    monotonicMillis += millis;
  }

  /** Somebody sets the wall clock, by a difference. */
  public void step(long millis) {
    wallMillis += millis;
  }

  /** For the registry; begins anywhere, as {@code System.nanoTime} does. */
  public LongSupplier monotonicNanos() {
    return () -> (monotonicMillis - 7_000) * 1_000_000;
  }

  /** Milliseconds passed. */
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

package io.hera.store;

import java.util.concurrent.atomic.LongAdder;

/** Counts durations by their length. Any thread may count, which takes a few nanoseconds. */
public final class Histogram {
  private static final long[] BOUNDS_MICROS = {
    100,
    250,
    500,
    1_000,
    2_500,
    5_000,
    10_000,
    25_000,
    50_000,
    100_000,
    250_000,
    500_000,
    1_000_000,
    2_500_000,
    5_000_000,
    10_000_000,
    60_000_000
  };

  private final LongAdder[] counts = new LongAdder[BOUNDS_MICROS.length + 1];
  private final LongAdder sumMicros = new LongAdder();

  /** An empty histogram. */
  public Histogram() {
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new LongAdder();
    }
  }

  /** Records one duration. */
  public void count(long micros) {
    int bucket = 0;
    while (bucket < BOUNDS_MICROS.length && micros > BOUNDS_MICROS[bucket]) {
      bucket++;
    }
    counts[bucket].increment();
    sumMicros.add(micros);
  }

  /** Returns the upper bounds of all buckets in seconds; that of the last is infinite. */
  public double[] bounds() {
    double[] bounds = new double[counts.length];
    for (int i = 0; i < BOUNDS_MICROS.length; i++) {
      bounds[i] = BOUNDS_MICROS[i] / 1e6;
    }
    bounds[BOUNDS_MICROS.length] = Double.POSITIVE_INFINITY;
    return bounds;
  }

  /** Returns the count of each bucket, not cumulated. */
  public long[] counts() {
    long[] read = new long[counts.length];
    for (int i = 0; i < read.length; i++) {
      read[i] = counts[i].sum();
    }
    return read;
  }

  /** Returns the sum of all durations, in seconds. */
  public double sum() {
    return sumMicros.sum() / 1e6;
  }
}

package io.hera.store;

import java.util.List;
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

  private final long[] boundsMicros;
  private final LongAdder[] counts;
  private final LongAdder sumMicros = new LongAdder();

  /** An empty histogram of the times of requests. */
  public Histogram() {
    this(BOUNDS_MICROS);
  }

  /** An empty histogram of buckets with these upper bounds in microseconds, and one above them. */
  public Histogram(List<Long> boundsMicros) {
    this(boundsMicros.stream().mapToLong(Long::longValue).toArray());
  }

  private Histogram(long[] boundsMicros) {
    this.boundsMicros = boundsMicros;
    this.counts = new LongAdder[boundsMicros.length + 1];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new LongAdder();
    }
  }

  /** Records one duration. */
  public void count(long micros) {
    int bucket = 0;
    while (bucket < boundsMicros.length && micros > boundsMicros[bucket]) {
      bucket++;
    }
    counts[bucket].increment();
    sumMicros.add(micros);
  }

  /** Returns the upper bounds of all buckets in seconds; that of the last is infinite. */
  public double[] bounds() {
    double[] bounds = new double[counts.length];
    for (int i = 0; i < boundsMicros.length; i++) {
      bounds[i] = boundsMicros[i] / 1e6;
    }
    bounds[boundsMicros.length] = Double.POSITIVE_INFINITY;
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

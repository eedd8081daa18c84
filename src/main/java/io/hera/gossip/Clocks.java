package io.hera.gossip;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * What time it is.
 *
 * @param wall unix time; may step and be wrong
 * @param agreed unix time, as the clocks of the cluster agree on it (P15)
 * @param monotonicNanos never goes back
 */
record Clocks(InstantSource wall, InstantSource agreed, LongSupplier monotonicNanos) {
  /** For durations and ages; the same scale as the store's. */
  long monotonicMillis() {
    return monotonicNanos.getAsLong() / 1_000_000;
  }
}

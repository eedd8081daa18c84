package io.hera.gossip;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * What time it is.
 *
 * @param wall unix time; may step and be wrong
 * @param agreed unix time, as the clocks of the cluster agree on it (P15)
 * @param monotonicNanos never goes back, and goes on while the machine is suspended: an answer that
 *     has waited for so long says an old time
 */
public record Clocks(InstantSource wall, InstantSource agreed, LongSupplier monotonicNanos) {
  /** Returns the time for durations. */
  long monotonicMillis() {
    return monotonicNanos.getAsLong() / 1_000_000;
  }
}

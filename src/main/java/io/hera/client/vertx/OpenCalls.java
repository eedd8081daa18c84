package io.hera.client.vertx;

import io.hera.client.Balancer.Pick;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The calls on their way. Vert.x does not report the end of each: not of a request that was dropped before
 * it was sent, for example. So a call that has not ended for a minute is forgotten, when another one
 * begins. Thread-safe.
 */
final class OpenCalls {
  static final long LIFE_NANOS = Duration.ofMinutes(1).toNanos();
  private static final long PERIOD_NANOS = LIFE_NANOS / 6;

  private final LongSupplier nanos;
  private final Map<Pick, Begun> open = new ConcurrentHashMap<>();
  private final AtomicLong lookedAt;

  /** The begin of a call, and the gauge that has it. */
  private record Begun(long nanos, Gauge gauge) {}

  OpenCalls(LongSupplier nanos) {
    this.nanos = nanos;
    this.lookedAt = new AtomicLong(nanos.getAsLong());
  }

  void begin(Pick call, Gauge gauge) {
    long now = nanos.getAsLong();
    long last = lookedAt.get();
    if (now - last >= PERIOD_NANOS && lookedAt.compareAndSet(last, now)) {
      forget(now);
    }
    open.put(call, new Begun(now, gauge));
  }

  void end(Pick call) {
    open.remove(call);
  }

  private void forget(long now) {
    open.forEach((call, begun) -> {
      if (now - begun.nanos() >= LIFE_NANOS && open.remove(call, begun)) {
        begun.gauge().forget(call);
      }
    });
  }
}

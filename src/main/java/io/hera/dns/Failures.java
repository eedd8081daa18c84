package io.hera.dns;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts defects of a DNS server, and logs one per minute. Used on the context of the server. */
final class Failures {
  private static final Logger log = LoggerFactory.getLogger(Failures.class);
  private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final DnsCounters counters;
  private final LongSupplier nanos;
  private long nextNanos;

  Failures(DnsCounters counters, LongSupplier nanos) {
    this.counters = counters;
    this.nanos = nanos;
    this.nextNanos = nanos.getAsLong();
  }

  void failed(Throwable defect) {
    counters.failed();
    if (nanos.getAsLong() - nextNanos >= 0) {
      nextNanos = nanos.getAsLong() + PAUSE_NANOS;
      log.error("a DNS query failed, and perhaps others of this minute", defect);
    }
  }
}

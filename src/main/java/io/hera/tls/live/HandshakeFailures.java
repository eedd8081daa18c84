package io.hera.tls.live;

import io.hera.tls.TlsFailure;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts handshakes that failed at the servers of a node, by reason. One per node; any thread counts. */
public final class HandshakeFailures {
  private final Map<TlsFailure, LongAdder> counts = new ConcurrentHashMap<>();

  /** Counts a failure. */
  public void count(Throwable failure) {
    counts.computeIfAbsent(TlsFailure.of(failure), kind -> new LongAdder()).increment();
  }

  /** Returns the counts by reason. */
  public Map<String, Long> byReason() {
    Map<String, Long> counted = new TreeMap<>();
    counts.forEach((kind, count) -> counted.put(kind.label(), count.sum()));
    return Collections.unmodifiableMap(counted);
  }
}

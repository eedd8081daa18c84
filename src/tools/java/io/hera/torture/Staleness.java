package io.hera.torture;

import io.hera.torture.Event.Kind;
import io.hera.torture.History.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long before a read the first write was acknowledged that is newer than what was read, in milliseconds; 0 when there is
 * none. Nodes are replicas without a leader, so a read may be stale; how much is what fair times are judged by.
 */
final class Staleness {
  private final long ttl;
  private final Map<String, Event> puts = new HashMap<>();
  private final List<Event> writes;

  /** The events of one key, which has one owner. */
  Staleness(List<Event> events, long ttl) {
    this.ttl = ttl;
    this.writes = events.stream()
        .filter(e -> e.kind() != Kind.GET)
        .sorted(Comparator.comparingLong(Event::called))
        .toList();
    writes.stream().filter(e -> e.kind() == Kind.PUT).forEach(e -> puts.put(e.body(), e));
  }

  /** Of a read that was answered, counting only the writes from {@code from} on. */
  long of(Event read, long from) {
    Event shown = read.found() ? puts.get(read.body()) : lastThatExplainsNothing(read);
    for (Event write : writes) {
      boolean newer = shown == null ? write.kind() == Kind.PUT : shown.before(write);
      if (newer && write.called() >= from && write.acknowledged() && write.before(read)) {
        return lasts(write, read) ? read.called() - write.returned() : 0;
      }
    }
    return 0;
  }

  /** The newest deregistration that may have happened; null when there was none. */
  private Event lastThatExplainsNothing(Event read) {
    Event last = null;
    for (Event write : writes) {
      if (write.kind() == Kind.DELETE && write.called() <= read.returned()) {
        last = write;
      }
    }
    return last;
  }

  /** Whether what was read is stale although nothing was read: a registration may have expired. */
  private boolean lasts(Event write, Event read) {
    return read.found() || read.returned() < write.called() + ttl;
  }

  /** Of all reads within the spans, by the writes within them, sorted. */
  static List<Long> within(History history, List<Span> spans) {
    List<Long> found = new ArrayList<>();
    for (String key : Clients.keys()) {
      List<Event> events = history.of(key);
      Staleness staleness = new Staleness(events, Clients.ttl(key));
      for (Span span : spans) {
        events.stream()
            .filter(Event::answeredRead)
            .filter(span::has)
            .forEach(read -> found.add(staleness.of(read, span.from())));
      }
    }
    Collections.sort(found);
    return found;
  }

  /** The median, the 99th and 99.9th percentile and the greatest, in words. */
  static String words(List<Long> sorted) {
    return sorted.isEmpty()
        ? "no reads"
        : "%d reads, stale by p50 %d, p99 %d, p99.9 %d, max %d ms"
            .formatted(
                sorted.size(),
                at(sorted, 0.5),
                at(sorted, 0.99),
                at(sorted, 0.999),
                sorted.get(sorted.size() - 1));
  }

  private static long at(List<Long> sorted, double share) {
    return sorted.get(Math.min(sorted.size() - 1, (int) (share * sorted.size())));
  }
}

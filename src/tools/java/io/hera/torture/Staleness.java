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
 * The staleness of reads of one key, in milliseconds: the time from the acknowledgement of the
 * first write that is newer than the value read, to the read; 0 if there is no such write.
 *
 * <p>Nodes are replicas without a leader, so reads may be stale. In fair times, the staleness is
 * bounded.
 */
final class Staleness {
  private final long ttl;
  private final Map<String, Event> puts = new HashMap<>();
  private final List<Event> writes;

  /** Creates the staleness of one key from its events; the key has one owner. */
  Staleness(List<Event> events, long ttl) {
    this.ttl = ttl;
    this.writes = events.stream()
        .filter(e -> e.kind() != Kind.GET)
        .sorted(Comparator.comparingLong(Event::called))
        .toList();
    writes.stream().filter(e -> e.kind() == Kind.PUT).forEach(e -> puts.put(e.body(), e));
  }

  /** Returns the staleness of an answered read, by the writes from {@code from} on. */
  long of(Event read, long from) {
    Event seen = read.found() ? puts.get(read.body()) : lastDelete(read);
    for (Event write : writes) {
      boolean newer = seen == null ? write.kind() == Kind.PUT : seen.before(write);
      if (newer && write.called() >= from && write.acknowledged() && write.before(read)) {
        return isMissed(write, read) ? read.called() - write.returned() : 0;
      }
    }
    return 0;
  }

  /** Returns the last deregistration that may explain an empty read; null if there is none. */
  private Event lastDelete(Event read) {
    Event last = null;
    for (Event write : writes) {
      if (write.kind() == Kind.DELETE && write.called() <= read.returned()) {
        last = write;
      }
    }
    return last;
  }

  /**
   * Whether the read missed the write: a registration that an empty read missed may have expired.
   */
  private boolean isMissed(Event write, Event read) {
    return read.found() || read.returned() < write.called() + ttl;
  }

  /** Returns the staleness of all reads within the spans, by the writes within them, sorted. */
  static List<Long> within(History history, List<Span> spans) {
    List<Long> found = new ArrayList<>();
    for (String key : Keys.changing()) {
      List<Event> events = history.of(key);
      Staleness staleness = new Staleness(events, Keys.ttl(key));
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

  /** Returns the median, the 99th and 99.9th percentile and the maximum, as text. */
  static String summary(List<Long> sorted) {
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

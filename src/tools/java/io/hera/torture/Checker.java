package io.hera.torture;

import io.hera.torture.Event.At;
import io.hera.torture.Event.Kind;
import io.hera.torture.History.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The offline check of the history of one key: lifetimes (S5), bytes (S6), order (S4), and that a
 * client reads its own writes.
 *
 * <p>Each key has one owner. The owner never has two requests under way, never puts the same body
 * twice, and never changes the ttl. A write without an answer may take effect at any later time;
 * the checker therefore excuses everything that such a write could explain.
 *
 * <p>Of two writes at different nodes within the clock error, either may win: versions are agreed
 * times (P15), which are read over the network.
 */
final class Checker {
  private final long ttl;
  private final long slack;
  private final long clockError;
  private final List<Span> pauses;

  /**
   * Creates a checker.
   *
   * @param ttl of the key, in milliseconds
   * @param slack for transit, in milliseconds
   * @param clockError by which the agreed times of two nodes may differ, in milliseconds
   * @param pauses the spans in which a process stood still
   */
  Checker(long ttl, long slack, long clockError, List<Span> pauses) {
    this.ttl = ttl;
    this.slack = slack;
    this.clockError = clockError;
    this.pauses = pauses;
  }

  /** A broken promise, and the read that proves it. */
  record Violation(String description, Event read) {}

  /** Returns the violations in the events of one key. */
  List<Violation> violations(List<Event> events) {
    List<Event> writes = events.stream().filter(e -> e.kind() != Kind.GET).toList();
    Map<String, Event> puts = new HashMap<>();
    writes.stream().filter(e -> e.kind() == Kind.PUT).forEach(e -> puts.put(e.body(), e));
    List<Event> reads = events.stream()
        .filter(Event::answeredRead)
        .sorted(Comparator.comparingLong(Event::called))
        .toList();
    List<Violation> found = new ArrayList<>();
    Map<At, Event> newest = new HashMap<>();
    for (Event read : reads) {
      judge(read, writes, puts, found);
      order(read, puts, newest, found);
    }
    return found;
  }

  private void judge(
      Event read, List<Event> writes, Map<String, Event> puts, List<Violation> found) {
    Event put = read.found() ? puts.get(read.body()) : null;
    if (read.found() && (put == null || put.called() > read.returned())) {
      found.add(new Violation("S6 the body was not put before the read", read));
      return;
    }
    Event last = lastAcknowledged(read, writes);
    if (put != null && put.acknowledged() && read.called() > end(put, read.called())) {
      found.add(new Violation("S5 outlived its ttl: " + put, read));
    }
    if (last == null) {
      return;
    }
    if (last.kind() == Kind.PUT && !read.found()) {
      missing(read, last, writes, found);
    } else if (put != null && put.acknowledged() && precedes(put, last)) {
      found.add(new Violation("own write not read: " + last, read));
    }
  }

  /** Returns the last write that the process of the read acknowledged before it. */
  private static Event lastAcknowledged(Event read, List<Event> writes) {
    Event last = null;
    for (Event write : writes) {
      if (write.acknowledged() && write.at().equals(read.at()) && write.before(read)) {
        last = write;
      }
    }
    return last;
  }

  private void missing(Event read, Event last, List<Event> writes, List<Violation> found) {
    boolean deletable = writes.stream()
        .anyMatch(e -> e.kind() == Kind.DELETE
            && e.called() <= read.returned()
            && (!e.acknowledged() || !precedes(e, last)));
    if (!deletable && read.returned() < last.called() + ttl) {
      found.add(new Violation("S5 gone before its ttl: " + last, read));
    }
  }

  /** Whether the second write has the later version. */
  private boolean precedes(Event write, Event other) {
    boolean oneClock = write.at().node().equals(other.at().node());
    return write.returned() + (oneClock ? 0 : clockError) < other.called();
  }

  private long end(Event put, long now) {
    long lost = 0;
    for (Span pause : pauses) {
      lost += Math.max(0, Math.min(pause.to(), now) - Math.max(pause.from(), put.called()));
    }
    return put.returned() + ttl + 1000 + slack + lost;
  }

  /**
   * Checks S4: after a write, a process does not show an acknowledged one that had ended before it.
   */
  private void order(
      Event read, Map<String, Event> puts, Map<At, Event> newest, List<Violation> found) {
    Event put = read.found() ? puts.get(read.body()) : null;
    if (put == null) {
      return;
    }
    Event earlier = newest.get(read.at());
    Event earlierPut = earlier == null ? null : puts.get(earlier.body());
    if (earlierPut != null
        && put.acknowledged()
        && precedes(put, earlierPut)
        && earlier.before(read)) {
      found.add(new Violation("S4 went back: " + earlier, read));
    }
    if (earlierPut == null || earlierPut.called() < put.called()) {
      newest.put(read.at(), read);
    }
  }
}

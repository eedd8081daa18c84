package io.hera.torture;

import io.hera.torture.Checker.Violation;
import io.hera.torture.Conditions.Stop;
import io.hera.torture.Event.At;
import io.hera.torture.Event.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The offline check that no living instance is missing anywhere at any time, for one key that is
 * never deleted.
 *
 * <p>A read that is answered must show the instance if its process must hold a write of it, by
 * {@link Holders}, whose ttl has not ended at the end of the read. Nothing else is excused: neither
 * a wrong clock, nor a restart. After a pause, it must also show what it held before: of its own
 * for as much longer as it stood still, and of another process as long as clients renew it there
 * (P11).
 */
final class Presence {
  /** The part of a pause that a node may not notice: one look at its clocks in time, and one late. */
  private static final long UNSEEN_MILLIS = 1_500;

  private final long ttl;
  private final Holders.Bounds bounds;
  private final Conditions conditions;
  private final Holders holders;
  private final Map<Event, Map<At, Long>> known = new HashMap<>();
  private final Tally tally = new Tally();

  /**
   * Creates a check.
   *
   * @param ttl of the key, in milliseconds
   */
  Presence(long ttl, Holders.Bounds bounds, Conditions conditions) {
    this.ttl = ttl;
    this.bounds = bounds;
    this.conditions = conditions;
    this.holders = new Holders(conditions, bounds);
  }

  /** Counts of answered reads: those that had to show the instance, and empty ones that had not. */
  static final class Tally {
    private long judged;
    private long excused;

    void add(Tally other) {
      judged += other.judged;
      excused += other.excused;
    }

    @Override
    public String toString() {
      return "%d reads had to show a living instance; %d more were empty and are excused"
          .formatted(judged, excused);
    }
  }

  Tally tally() {
    return tally;
  }

  /** Returns the violations in the events of the key. */
  List<Violation> violations(List<Event> events) {
    List<Event> puts = events.stream()
        .filter(e -> e.kind() == Kind.PUT && e.acknowledged())
        .sorted(Comparator.comparingLong(Event::called))
        .toList();
    List<Violation> found = new ArrayList<>();
    events.stream().filter(Event::answeredRead).forEach(read -> {
      Event due = due(read, puts);
      tally.judged += due == null ? 0 : 1;
      tally.excused += due == null && !read.found() ? 1 : 0;
      if (due != null && !read.found()) {
        found.add(new Violation("a living instance is missing: " + due, read));
      }
    });
    return found;
  }

  /** Returns a write for which the read must show the instance; null if there is none. */
  private Event due(Event read, List<Event> puts) {
    for (Event put : puts) {
      if (put.returned() <= read.called() && isHeld(put, read)) {
        return put;
      }
    }
    for (Stop stop : conditions.stops()) {
      if (stop.at().equals(read.at()) && isNotLongAfter(stop, read)) {
        return kept(stop, read, puts);
      }
    }
    return null;
  }

  private boolean isHeld(Event put, Event read) {
    return read.returned() < put.called() + ttl && since(put, read.at()) <= read.called();
  }

  private long since(Event put, At at) {
    return known
        .computeIfAbsent(put, one -> holders.of(one, one.called() + ttl))
        .getOrDefault(at, Long.MAX_VALUE);
  }

  private boolean isNotLongAfter(Stop stop, Event read) {
    return read.called() <= stop.span().to() + bounds.transit();
  }

  /**
   * Returns a write that the process held when it was stopped, and must show still; null if there is
   * none.
   */
  private Event kept(Stop stop, Event read, List<Event> puts) {
    for (Event put : puts) {
      boolean own = put.at().equals(read.at());
      long end = own ? extendedUntil(put, stop) : renewedUntil(put, read, puts);
      if (isHeldAtStop(put, stop, read) && read.returned() < end) {
        return put;
      }
    }
    return null;
  }

  private boolean isHeldAtStop(Event put, Stop stop, Event read) {
    long from = stop.span().from();
    return from < put.called() + ttl && since(put, stop.at()) <= Math.min(from, read.called());
  }

  /** Returns the deadline of an own entry after the pause. */
  private long extendedUntil(Event put, Stop stop) {
    return put.called() + ttl + stop.span().to() - stop.span().from() - UNSEEN_MILLIS;
  }

  /** Returns until when the process that acknowledged the write has been asked in time to renew it. */
  private long renewedUntil(Event put, Event read, List<Event> puts) {
    long end = put.called() + ttl;
    for (Event next : puts) {
      boolean later = next.called() > put.called() && next.returned() <= read.called();
      if (later && next.at().equals(put.at()) && next.returned() < end) {
        end = next.called() + ttl;
      }
    }
    return end;
  }
}

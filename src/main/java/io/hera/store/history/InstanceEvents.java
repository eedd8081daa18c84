package io.hera.store.history;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NavigableMap;
import java.util.Objects;

/** The events of one instance, or of a service itself. Owned by {@link ServiceEvents}. */
final class InstanceEvents {
  /** Number → event of the service. */
  private final NavigableMap<Long, HistoryEvent> events;

  private final Deque<Long> numbers = new ArrayDeque<>(2);
  private long ends;

  InstanceEvents(NavigableMap<Long, HistoryEvent> events) {
    this.events = events;
  }

  int size() {
    return numbers.size();
  }

  /** Returns how often the instance has ended, as far as its events say. */
  long ends() {
    return ends;
  }

  void add(HistoryEvent event) {
    numbers.add(event.number());
    ends += ends(event);
  }

  void remove(HistoryEvent event) {
    numbers.remove(event.number());
    ends -= ends(event);
  }

  HistoryEvent newest() {
    return event(numbers.getLast());
  }

  /** Returns the event that {@code later} others have followed. */
  HistoryEvent before(int later) {
    return event(numbers.stream().skip(numbers.size() - later - 1L).findFirst().orElseThrow());
  }

  private HistoryEvent event(long number) {
    return Objects.requireNonNull(events.get(number));
  }

  /** Returns whether the instance has ended so often since a time. */
  boolean hasEnded(int times, long sinceMillis) {
    long found = 0;
    Iterator<Long> newestFirst = numbers.descendingIterator();
    while (newestFirst.hasNext() && found < times) {
      HistoryEvent event = event(newestFirst.next());
      if (event.atMillis() < sinceMillis) {
        return false;
      }
      found += ends(event);
    }
    return found >= times;
  }

  /** Of folded events, every second one is an end at most. */
  private static long ends(HistoryEvent event) {
    return event.type().isOfInstance() ? event.folded() / 2 + (event.type().isEnd() ? 1 : 0) : 0;
  }
}

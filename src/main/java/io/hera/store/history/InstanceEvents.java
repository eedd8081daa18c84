package io.hera.store.history;

import java.util.Arrays;

/** The events of one instance, or of a service itself. Owned by {@link ServiceEvents}. */
final class InstanceEvents {
  private final EventSequence events;
  /** Of the instance's events, ascending; few, since they are folded. */
  private long[] numbers = new long[1];

  private int size;
  private long ends;

  /** {@code events} are those of the service. */
  InstanceEvents(EventSequence events) {
    this.events = events;
  }

  int size() {
    return size;
  }

  /** Returns how often the instance has ended, as far as its events say. */
  long ends() {
    return ends;
  }

  void add(HistoryEvent event) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * size);
    }
    numbers[size++] = event.number();
    ends += ends(event);
  }

  void remove(HistoryEvent event) {
    int index = Arrays.binarySearch(numbers, 0, size, event.number());
    System.arraycopy(numbers, index + 1, numbers, index, size - index - 1);
    size--;
    ends -= ends(event);
  }

  HistoryEvent newest() {
    return before(0);
  }

  /** Returns the event that {@code later} others have followed. */
  HistoryEvent before(int later) {
    return events.get(numbers[size - 1 - later]).orElseThrow();
  }

  /** Returns whether the instance has ended so often since a time. */
  boolean hasEnded(int times, long sinceMillis) {
    long found = 0;
    for (int later = 0; later < size && found < times; later++) {
      HistoryEvent event = before(later);
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

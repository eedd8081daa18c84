package io.hera.http.history;

import io.hera.store.Slices;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The last events of the node, of numbers without a gap: streams that keep up read them here, and need not ask the store. Bounded
 * by their bytes. One per HTTP verticle, used on its context only.
 */
final class RecentEvents {
  static final int BYTES_MAX = 8 << 20;

  /** Events that a stream takes at once: the work of a turn. */
  private static final int TAKEN_MAX = (int) (Slices.TURN / (SharedEvent.WORK + Slices.LOOK));

  private final NavigableMap<Long, SharedEvent> events = new TreeMap<>();
  private int bytes;
  private long last;

  /** Returns the number of the last event that is known to exist. */
  long last() {
    return last;
  }

  /** Notes that there are events up to this number. */
  void exists(long number) {
    last = Math.max(last, number);
  }

  /** Adds an event. */
  void add(SharedEvent event) {
    if (!events.isEmpty() && events.lastKey() + 1 != event.number()) {
      clear();
    }
    events.put(event.number(), event);
    bytes += event.bytes();
    exists(event.number());
    while (bytes > BYTES_MAX) {
      bytes -= events.pollFirstEntry().getValue().bytes();
    }
  }

  /** Forgets the events: no stream needs them. */
  void clear() {
    events.clear();
    bytes = 0;
  }

  /** Returns the next events after this number; empty if there are some that are not here. */
  Optional<List<SharedEvent>> after(long number) {
    if (number >= last) {
      return Optional.of(List.of());
    }
    if (!events.containsKey(number + 1)) {
      return Optional.empty();
    }
    return Optional.of(
        events.tailMap(number, false).values().stream().limit(TAKEN_MAX).toList());
  }
}

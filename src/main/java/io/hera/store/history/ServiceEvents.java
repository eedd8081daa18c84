package io.hera.store.history;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/** The events of one service, and those of each of its instances. Owned by {@link History}. */
final class ServiceEvents {
  /** Events of one instance within {@link #FOLD_MILLIS} that are kept one by one. */
  static final int SINGLE_MAX = 20;

  static final long FOLD_MILLIS = 600_000;

  final NavigableMap<Long, HistoryEvent> events = new TreeMap<>();
  private final Map<String, Deque<Long>> ofInstance = new HashMap<>();

  int size() {
    return events.size();
  }

  /** Whether the newest event of an instance is to be folded into one at this time. */
  boolean folds(String id, long atMillis) {
    Deque<Long> numbers = ofInstance.getOrDefault(id, new ArrayDeque<>());
    if (numbers.size() <= SINGLE_MAX) {
      return false;
    }
    int looked = numbers.size() - SINGLE_MAX;
    HistoryEvent early =
        events.get(numbers.stream().skip(looked - 1).findFirst().orElseThrow());
    return early != null && atMillis - early.atMillis() < FOLD_MILLIS;
  }

  /** Returns the newest event of an instance that has one. */
  HistoryEvent newest(String id) {
    Deque<Long> numbers = Objects.requireNonNull(ofInstance.get(id));
    return Objects.requireNonNull(events.get(numbers.getLast()));
  }

  void add(HistoryEvent event) {
    events.put(event.number(), event);
    ofInstance.computeIfAbsent(event.id(), any -> new ArrayDeque<>(2)).add(event.number());
  }

  void remove(HistoryEvent event) {
    events.remove(event.number());
    Deque<Long> numbers = Objects.requireNonNull(ofInstance.get(event.id()));
    numbers.remove(event.number());
    if (numbers.isEmpty()) {
      ofInstance.remove(event.id());
    }
  }
}

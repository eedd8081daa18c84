package io.hera.store.page;

import io.hera.registry.Key;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The ids of one subject that have changed, in the order of their last changes. Owned by
 * {@link ListingCache}, whose layouts each remember up to which change they are current.
 */
final class ChangedIds {
  private final NavigableMap<Long, String> byNumber = new TreeMap<>();
  private final Map<String, Long> numbers = new HashMap<>();
  private long last;

  /** Returns the number of the last change. */
  long last() {
    return last;
  }

  /** Returns how many ids have changed. */
  int size() {
    return numbers.size();
  }

  void add(String id) {
    last++;
    Long before = numbers.put(id, last);
    if (before != null) {
      byNumber.remove(before);
    }
    byNumber.put(last, id);
  }

  /** Returns how many ids at most have changed after the change of this number. */
  long sizeAfter(long number) {
    return Math.min(numbers.size(), last - number);
  }

  /** Returns the ids that have changed after the change of this number. */
  List<String> unordered(long number) {
    return List.copyOf(byNumber.tailMap(number, false).values());
  }

  /** Returns the ids that have changed after the change of this number, in byte order. */
  SortedSet<String> since(long number) {
    SortedSet<String> ids = new TreeSet<>(Key.BYTE_ORDER);
    ids.addAll(byNumber.tailMap(number, false).values());
    return ids;
  }

  /** Forgets the changes up to this number: no layout needs them any more. */
  void forget(long number) {
    NavigableMap<Long, String> old = byNumber.headMap(number, true);
    old.values().forEach(numbers::remove);
    old.clear();
  }
}

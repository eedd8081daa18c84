package io.hera.http.watch;

import io.hera.store.page.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The reads that are parked, grouped by what they wait for. Owned by {@link LongPolls}. */
final class ParkedReads {
  private final Map<Subject, Map<Watch, Set<ParkedRead>>> bySubject = new HashMap<>();

  /** Adds a read; returns whether it was not here. */
  boolean add(ParkedRead read) {
    return bySubject
        .computeIfAbsent(read.watch.selection().subject(), any -> new HashMap<>())
        .computeIfAbsent(read.watch, any -> new LinkedHashSet<>())
        .add(read);
  }

  /** Removes a read; returns whether it was here. */
  boolean remove(ParkedRead read) {
    Set<ParkedRead> group =
        groups(read.watch.selection().subject()).getOrDefault(read.watch, Set.of());
    boolean removed = group.contains(read) && group.remove(read);
    if (removed && group.isEmpty()) {
      take(read.watch);
    }
    return removed;
  }

  /** Returns whether reads of this watch are parked. */
  boolean has(Watch watch) {
    return groups(watch.selection().subject()).containsKey(watch);
  }

  /** Removes and returns all reads of a watch. */
  List<ParkedRead> take(Watch watch) {
    Map<Watch, Set<ParkedRead>> groups = groups(watch.selection().subject());
    Set<ParkedRead> group = groups.getOrDefault(watch, Set.of());
    if (groups.containsKey(watch)) {
      groups.remove(watch);
      if (groups.isEmpty()) {
        bySubject.remove(watch.selection().subject());
      }
    }
    return List.copyOf(group);
  }

  /** Returns the watches that a change of the subject may concern. */
  List<Watch> watches(Subject subject) {
    return List.copyOf(groups(subject).keySet());
  }

  /** Returns all watches. */
  List<Watch> watches() {
    List<Watch> all = new ArrayList<>();
    bySubject.values().forEach(groups -> all.addAll(groups.keySet()));
    return all;
  }

  private Map<Watch, Set<ParkedRead>> groups(Subject subject) {
    return bySubject.getOrDefault(subject, Map.of());
  }
}

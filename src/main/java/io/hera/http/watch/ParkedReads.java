package io.hera.http.watch;

import io.hera.store.page.Selection;
import io.hera.store.page.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The reads that are parked, grouped by what they have selected. Owned by {@link LongPolls}. */
final class ParkedReads {
  private final Map<Subject, Map<Selection, Set<ParkedRead>>> bySubject = new HashMap<>();

  /** Adds a read; returns whether it was not here. */
  boolean add(ParkedRead read) {
    return bySubject
        .computeIfAbsent(read.selection.subject(), any -> new HashMap<>())
        .computeIfAbsent(read.selection, any -> new LinkedHashSet<>())
        .add(read);
  }

  /** Removes a read; returns whether it was here. */
  boolean remove(ParkedRead read) {
    Set<ParkedRead> group = groups(read.selection.subject()).getOrDefault(read.selection, Set.of());
    boolean removed = group.contains(read) && group.remove(read);
    if (removed && group.isEmpty()) {
      take(read.selection);
    }
    return removed;
  }

  /** Removes and returns all reads of a selection. */
  List<ParkedRead> take(Selection selection) {
    Map<Selection, Set<ParkedRead>> groups = groups(selection.subject());
    Set<ParkedRead> group = groups.getOrDefault(selection, Set.of());
    if (groups.containsKey(selection)) {
      groups.remove(selection);
      if (groups.isEmpty()) {
        bySubject.remove(selection.subject());
      }
    }
    return List.copyOf(group);
  }

  /** Returns the selections of which a change of the subject may be a part. */
  List<Selection> selections(Subject subject) {
    return List.copyOf(groups(subject).keySet());
  }

  /** Returns all selections. */
  List<Selection> selections() {
    List<Selection> all = new ArrayList<>();
    bySubject.values().forEach(groups -> all.addAll(groups.keySet()));
    return all;
  }

  private Map<Selection, Set<ParkedRead>> groups(Subject subject) {
    return bySubject.getOrDefault(subject, Map.of());
  }
}

package io.hera.sim.mutants;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which name stands where another one stood, and how often, over all sources that changed. One
 * occurrence proves nothing: a name that was renamed is declared and used.
 */
final class Renames {
  private static final int OCCURRENCES_MIN = 2;

  private final Map<String, Map<String, Integer>> counts = new HashMap<>();

  private Renames() {}

  /** Compares the versions of all sources. */
  static Renames between(Collection<SourceHistory.Versions> sources) {
    Renames renames = new Renames();
    sources.forEach(renames::count);
    return renames;
  }

  /** Returns these renames and those of one more source. */
  Renames and(SourceHistory.Versions source) {
    Renames both = new Renames();
    counts.forEach((name, after) -> both.counts.put(name, new HashMap<>(after)));
    both.count(source);
    return both;
  }

  private void count(SourceHistory.Versions source) {
    Tokens before = source.before();
    Alignment alignment = Alignment.of(before, source.now(), name -> name);
    for (int at = 0; at < before.size(); at++) {
      int place = alignment.place(at);
      if (place != Alignment.GONE && before.isName(at)) {
        counts
            .computeIfAbsent(before.text(at), name -> new HashMap<>())
            .merge(source.now().text(place), 1, Integer::sum);
      }
    }
  }

  /** Returns whether {@code after} is the same name as {@code before}, or has replaced it. */
  boolean holds(String before, String after) {
    return before.equals(after) || count(before, after) >= OCCURRENCES_MIN;
  }

  /** Returns the name that most often stands where {@code name} stood, or {@code name}. */
  String of(String name) {
    List<String> candidates = counts.getOrDefault(name, Map.of()).keySet().stream()
        .filter(after -> count(name, after) >= OCCURRENCES_MIN)
        .sorted()
        .toList();
    String best = name;
    for (String candidate : candidates) {
      best = count(name, candidate) > count(name, best) ? candidate : best;
    }
    return best;
  }

  /** Returns the names as {@link #of(String)} does. */
  List<String> of(List<String> names) {
    return names.stream().map(this::of).toList();
  }

  private int count(String before, String after) {
    return counts.getOrDefault(before, Map.of()).getOrDefault(after, 0);
  }
}

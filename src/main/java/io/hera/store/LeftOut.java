package io.hera.store;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts instances and services that a way out leaves out, because they lack what it needs. One per node; any thread adds to it and
 * reads it.
 */
public final class LeftOut {
  private final Map<String, Map<String, LongAdder>> counts = new ConcurrentHashMap<>();

  /** Counts some that a way out leaves out. */
  public void count(String way, Enum<?> reason, int some) {
    if (some > 0) {
      counts
          .computeIfAbsent(way, any -> new ConcurrentHashMap<>())
          .computeIfAbsent(text(reason), any -> new LongAdder())
          .add(some);
    }
  }

  /** Counts all that a way out leaves out of one reply, by reason. */
  public void count(String way, Map<? extends Enum<?>, Integer> some) {
    some.forEach((reason, number) -> count(way, reason, number));
  }

  private static String text(Enum<?> reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns way out → reason → how often something was left out. */
  public Map<String, Map<String, Long>> counts() {
    Map<String, Map<String, Long>> all = new TreeMap<>();
    counts.forEach((way, reasons) -> {
      Map<String, Long> now = new TreeMap<>();
      reasons.forEach((reason, count) -> now.put(reason, count.sum()));
      all.put(way, now);
    });
    return all;
  }

  /** Returns how often this way left something out, for whatever reason. */
  public long total(String way) {
    return counts.getOrDefault(way, Map.of()).values().stream()
        .mapToLong(LongAdder::sum)
        .sum();
  }
}

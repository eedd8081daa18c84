package io.hera.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The instances that a view shows, and which of them the newest answer lacks, since when. Owned by a
 * {@link CacheRule}.
 *
 * <p>Times are those of a clock that runs only while nodes answer: without answers, an instance is
 * not missing any longer than before.
 */
final class KnownInstances {
  private final Map<String, Instance> shown = new TreeMap<>();
  private final Map<String, Long> missingSince = new HashMap<>();

  /** How many were shown when the first of those that are missing now went missing. */
  private int goodCount;

  private boolean lackedMost;

  /** Takes an answer: its instances are shown as they are there, all others are missing and held. */
  void take(List<Instance> answer, long time) {
    int before = shown.size();
    for (Instance instance : answer) {
      show(instance);
    }
    Set<String> ids = answer.stream().map(Instance::id).collect(Collectors.toSet());
    if (missingSince.isEmpty()) {
      goodCount = before;
      lackedMost = false;
    }
    shown.replaceAll((id, instance) -> ids.contains(id) ? instance : hold(instance, time));
    lackedMost |= 2 * missingSince.size() > goodCount;
  }

  /** Shows an instance that lives; keeps the object if it is equal. */
  private void show(Instance instance) {
    missingSince.remove(instance.id());
    shown.merge(instance.id(), instance, (old, now) -> old.equals(now) ? old : now);
  }

  private Instance hold(Instance instance, long time) {
    missingSince.putIfAbsent(instance.id(), time);
    return instance.asHeld();
  }

  /** Returns whether the newest answer lacks an instance that is shown. */
  boolean lacksSome() {
    return !missingSince.isEmpty();
  }

  /** Returns whether an answer has lacked more than half of those that were there, and some are missing since. */
  boolean lackedMost() {
    return lackedMost && lacksSome();
  }

  /** Drops all that are missing. */
  void dropMissing() {
    shown.keySet().removeAll(missingSince.keySet());
    missingSince.clear();
  }

  /** Drops those that are missing and that another node does not show either. */
  void dropMissingExcept(List<Instance> others) {
    Set<String> kept = others.stream().map(Instance::id).collect(Collectors.toSet());
    missingSince.keySet().removeIf(id -> {
      boolean gone = !kept.contains(id);
      if (gone) {
        shown.remove(id);
      }
      return gone;
    });
  }

  /** Drops those that are missing for as long as this. */
  void dropMissingFor(Duration grace, long time) {
    missingSince.entrySet().removeIf(missing -> {
      boolean due = time - missing.getValue() >= grace.toNanos();
      if (due) {
        shown.remove(missing.getKey());
      }
      return due;
    });
  }

  /** Returns since when the first of them is missing; empty if none is. */
  OptionalLong firstMissingSince() {
    return missingSince.values().stream().mapToLong(Long::longValue).min();
  }

  List<Instance> list() {
    return new ArrayList<>(shown.values());
  }
}

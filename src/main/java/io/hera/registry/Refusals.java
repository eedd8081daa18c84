package io.hera.registry;

import java.util.EnumMap;
import java.util.Map;

/** Counters of what this node refused from peers. Owned by {@link Registry}. */
final class Refusals {
  private final Map<Refusal, Long> counts = new EnumMap<>(Refusal.class);

  void count(Refusal refusal) {
    counts.merge(refusal, 1L, Long::sum);
  }

  Map<Refusal, Long> counts() {
    return new EnumMap<>(counts);
  }
}

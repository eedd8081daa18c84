package io.hera.registry;

import java.util.EnumMap;
import java.util.Map;

/** Counts what was not accepted. Owned by {@link Registry}. */
final class Refusals {
  private final Map<Refusal, Long> counts = new EnumMap<>(Refusal.class);

  Merged count(Refusal refusal) {
    counts.merge(refusal, 1L, Long::sum);
    return Merged.REFUSED;
  }

  Map<Refusal, Long> counts() {
    return new EnumMap<>(counts);
  }
}

package io.hera.sim;

import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Runs plans whose troubles are of one kind. */
final class TroubleRuns {
  private static final int SEEDS = 12;

  private TroubleRuns() {}

  /**
   * Returns the violations of the first seeds. {@code scripts/simulate --trouble KIND --from SEED}
   * shrinks one to a short plan.
   */
  static List<String> violations(Trouble kind) {
    return LongStream.range(0, SEEDS)
        .parallel()
        .mapToObj(seed -> violation(kind, seed))
        .filter(Objects::nonNull)
        .toList();
  }

  private static @Nullable String violation(Trouble kind, long seed) {
    Violation violation = Simulation.run(Plan.of(seed, kind)).violation();
    return violation == null
        ? null
        : "%s, seed %d: %s".formatted(kind.label(), seed, violation.getMessage());
  }
}

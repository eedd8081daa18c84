package io.hera.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks the invariants on simulated clusters: 200 by default, others by {@code -Dseeds=};
 * {@code -Dseed=} replays one.
 */
class SimulationTest {
  @Test
  void theInvariantsHoldAtEveryStepAndAfterHealing() {
    Long seed = Long.getLong("seed");
    LongStream seeds =
        seed == null ? LongStream.range(0, Long.getLong("seeds", 200)) : LongStream.of(seed);
    List<Long> failing = seeds
        .parallel()
        .filter(one -> Simulation.violation(one) != null)
        .boxed()
        .toList();

    assertThat(failing.stream().limit(1).map(SimulationTest::story)).isEmpty();
  }

  private static String story(long seed) {
    return "-Dseed=" + seed + ": " + Simulation.violation(seed) + "\n"
        + Shrinker.shrink(Plan.of(seed)).text();
  }

  static List<Path> scenarios() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/simulations"))) {
      return files.sorted().toList();
    }
  }

  /** Replays the plans that once broke an invariant. */
  @ParameterizedTest
  @MethodSource("scenarios")
  void aPlanThatOnceBrokeAnInvariantBreaksNoneNow(Path scenario) throws IOException {
    Plan plan = Plan.parse(Files.readString(scenario));
    assertThat(Simulation.run(plan).violation()).isNull();
  }

  @Test
  void aPlanReadsBackUnchangedAndGivesTheSameRun() {
    LongStream.range(0, 60).mapToObj(Plan::of).forEach(plan -> {
      assertThat(Plan.parse(plan.text())).isEqualTo(plan);
      assertThat(Simulation.run(plan).counts()).isEqualTo(Simulation.run(plan).counts());
    });
  }
}

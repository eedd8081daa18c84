package io.hera.registry;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** PROTOCOL §8 on random runs. {@code -Dseed=} replays one, {@code -Dseeds=} asks for more than the usual few hundred. */
class RandomExchangesTest {
  static LongStream seeds() {
    Long seed = Long.getLong("seed");
    return seed == null ? LongStream.range(0, Long.getLong("seeds", 250)) : LongStream.of(seed);
  }

  @ParameterizedTest(name = "-Dseed={0}")
  @MethodSource("seeds")
  void theInvariantsHoldAtEveryStep(long seed) {
    RandomRun run = new RandomRun(seed);
    for (int step = 0; step < 120; step++) {
      run.step();
      run.checkDocuments();
      run.checkOrder();
    }
    run.checkHorizons();
    run.heal();
    run.checkEqual();
  }

  @ParameterizedTest(name = "-Dseed={0}")
  @MethodSource("seeds")
  void fromAnyStateAllNodesComeToShowExactlyTheLivingClients(long seed) {
    RandomRun run = new RandomRun(seed);
    for (int step = 0; step < 80; step++) {
      run.mishap();
      run.step();
    }
    run.checkThatLifeGoesOn();
  }
}

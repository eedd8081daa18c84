package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClockJumpsTest {
  private final ClockJumps jumps = new ClockJumps();

  @Test
  void aStepThatLastsCountsOnce() {
    jumps.observe(0, 0);
    jumps.observe(-10_001, 1_000);
    assertThat(jumps.count()).isZero();
    jumps.observe(-10_001, 3_000);
    jumps.observe(-10_001, 9_000);
    assertThat(jumps.count()).isEqualTo(1);
  }

  @Test
  void aSuspendThatBootTimeCatchesUpWithDoesNotCount() {
    jumps.observe(0, 0);
    jumps.observe(3_600_000, 250);
    jumps.observe(40, 3_601_000);
    jumps.observe(3_600_000, 3_605_000);
    assertThat(jumps.count()).isZero();
  }

  @Test
  void aSlowDriftDoesNotCount() {
    for (long second = 0; second < 100_000; second++) {
      jumps.observe(second, second * 1_000);
    }
    assertThat(jumps.count()).isZero();
  }
}

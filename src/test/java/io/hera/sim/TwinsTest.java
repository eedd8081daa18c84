package io.hera.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Simulates second processes and copies of machines under the name of a node (P9). */
class TwinsTest {
  @Test
  void noInvariantBreaksWhileTwoProcessesRunUnderOneName() {
    assertThat(TroubleRuns.violations(Trouble.TWIN)).isEmpty();
  }
}

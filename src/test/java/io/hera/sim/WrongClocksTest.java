package io.hera.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Simulates clusters in which a minority of clocks is wrong, or all of them drift. */
class WrongClocksTest {
  @Test
  void noInvariantBreaksWhileAMinorityOfClocksIsWrong() {
    assertThat(TroubleRuns.violations(Trouble.WRONG_CLOCKS)).isEmpty();
  }

  @Test
  void noInvariantBreaksWhileClocksDrift() {
    assertThat(TroubleRuns.violations(Trouble.DRIFT)).isEmpty();
  }
}

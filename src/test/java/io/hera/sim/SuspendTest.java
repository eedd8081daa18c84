package io.hera.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Simulates clusters in which machines are suspended. */
class SuspendTest {
  @Test
  void noInvariantBreaksWhenMachinesAreSuspended() {
    assertThat(TroubleRuns.violations(Trouble.SUSPEND)).isEmpty();
  }
}

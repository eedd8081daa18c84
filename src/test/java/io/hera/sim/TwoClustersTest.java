package io.hera.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Simulates two clusters, of which one uses an address of the other. */
class TwoClustersTest {
  @Test
  void noInvariantBreaksWhenAnAddressLeadsToAnotherCluster() {
    assertThat(TroubleRuns.violations(Trouble.MEETING)).isEmpty();
  }
}

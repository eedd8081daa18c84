package io.hera.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Simulates nodes that restart with snapshots (P14). */
class SnapshotsTest {
  @Test
  void noInvariantBreaksWhenNodesRestartWithSnapshots() {
    assertThat(TroubleRuns.violations(Trouble.WARM_RESTART)).isEmpty();
  }
}

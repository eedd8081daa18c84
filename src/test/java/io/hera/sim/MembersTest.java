package io.hera.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Simulates clusters whose nodes are removed, renamed or replaced. */
class MembersTest {
  @Test
  void noInvariantBreaksWhenANodeIsRemovedFromOneConfigurationAfterTheOther() {
    assertThat(TroubleRuns.violations(Trouble.REMOVAL)).isEmpty();
  }

  @Test
  void noInvariantBreaksWhenANodeIsRenamedOrReplaced() {
    assertThat(TroubleRuns.violations(Trouble.RENAMING)).isEmpty();
  }
}

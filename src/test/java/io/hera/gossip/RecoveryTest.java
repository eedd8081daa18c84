package io.hera.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** When a recovery ends (P7). */
class RecoveryTest {
  private final Recovery recovery = new Recovery(Set.of("a", "b", "c"));

  @Test
  void aRecoveryEndsWhenEachPeerHasAnsweredOrFailed() {
    assertThat(recovery.begin()).isEmpty();
    assertThat(recovery.answered("a")).isEmpty();
    assertThat(recovery.failed("b")).isEmpty();
    assertThat(recovery.pending()).contains(new RecoveryProgress(3, 1, 1));
    assertThat(recovery.answered("c"))
        .contains(new Command.Recovered(new RecoveryProgress(3, 2, 1), "2 of 3 peers answered"));
    assertThat(recovery.pending()).isEmpty();
  }

  @Test
  void aRecoveryEndsOnceHoweverManyEventsFollow() {
    recovery.answered("a");
    recovery.answered("b");
    assertThat(recovery.answered("c")).isPresent();
    assertThat(recovery.timedOut()).isEmpty();
    assertThat(recovery.failed("c")).isEmpty();
  }

  @Test
  void aPeerThatAnswersTwiceIsCountedOnce() {
    recovery.answered("a");
    recovery.answered("a");
    assertThat(recovery.answered("a")).isEmpty();
  }

  @Test
  void aRecoveryEndsWhenItsTimeIsOver() {
    recovery.answered("a");
    assertThat(recovery.timedOut())
        .contains(
            new Command.Recovered(new RecoveryProgress(3, 1, 0), "1 of 3 peers answered in time"));
    assertThat(recovery.answered("b")).isEmpty();
  }

  @Test
  void aNodeWithoutPeersHasRecovered() {
    assertThat(new Recovery(Set.of()).begin())
        .contains(new Command.Recovered(new RecoveryProgress(0, 0, 0), "no peers to recover from"));
  }
}

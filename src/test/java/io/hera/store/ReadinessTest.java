package io.hera.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** For how long a node has answered reads. */
class ReadinessTest {
  private static final long SECOND = 1_000_000_000;

  private final Readiness readiness = new Readiness();

  @Test
  void aNodeThatIsNotReadyHasAnsweredNoReadHoweverLongItRuns() {
    assertThat(readiness.answeringSeconds(5 * SECOND)).isZero();
    readiness.recover();
    assertThat(readiness.answeringSeconds(500 * SECOND)).isZero();
  }

  @Test
  void theTimeBeginsWhenItIsReadyAndIsRoundedDown() {
    readiness.synchronise();
    assertThat(readiness.answeringSeconds(500 * SECOND)).isZero();
    assertThat(readiness.answeringSeconds(501 * SECOND - 1)).isZero();
    assertThat(readiness.answeringSeconds(501 * SECOND)).isEqualTo(1);
    assertThat(readiness.answeringSeconds(560 * SECOND)).isEqualTo(60);
  }

  @Test
  void aClockThatBeginsBelowZeroCountsToo() {
    readiness.synchronise();
    assertThat(readiness.answeringSeconds(-3 * SECOND)).isZero();
    assertThat(readiness.answeringSeconds(4 * SECOND)).isEqualTo(7);
  }

  /** Two event loops read their clocks in one order and come here in the other. */
  @Test
  void aCallerThatIsALittleEarlyGetsZero() {
    readiness.synchronise();
    assertThat(readiness.answeringSeconds(2 * SECOND)).isZero();
    assertThat(readiness.answeringSeconds(SECOND)).isZero();
  }
}

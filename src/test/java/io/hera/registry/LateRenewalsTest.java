package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which renewals come so late that one lost renewal would end the instance. */
class LateRenewalsTest extends RestartedNodes {
  private static final long FIFTH = LIVENESS / 5;

  @Test
  void aRenewalInTheLastFifthOfTheTtlIsLate() {
    assertThat(a.put("s/1", "{}")).isEqualTo(Outcome.DONE);
    a.advance(LIVENESS - FIFTH);
    assertThat(a.renew("s/1")).isEqualTo(Outcome.DONE);
    a.advance(LIVENESS - FIFTH + 250);
    assertThat(a.renew("s/1")).isEqualTo(Outcome.DONE_LATE);
    a.advance(LIVENESS - FIFTH + 250);
    assertThat(a.put("s/1", "{}", 10_000)).as("the ttl before counts").isEqualTo(Outcome.DONE_LATE);
    a.advance(8_250);
    assertThat(a.put("s/1", "{\"n\":1}")).isEqualTo(Outcome.DONE_LATE);
  }

  @Test
  void aNewInstanceAndOneThatHasEndedAreNotLate() {
    a.put("s/1", "{}");
    a.advance(LIVENESS + 1_000);
    assertThat(a.put("s/1", "{}")).isEqualTo(Outcome.DONE);
    a.advance(LIVENESS - 1_000);
    a.delete("s/1");
    assertThat(a.put("s/1", "{}")).isEqualTo(Outcome.DONE);
  }

  @Test
  void aRenewalAtAnotherNodeIsLateToo() {
    a.put("s/1", "{}");
    b.pull(a);
    advanceAll(LIVENESS - 1_000);
    assertThat(b.renew("s/1")).isEqualTo(Outcome.DONE_LATE);
  }

  @Test
  void aClientThatTheNodeCouldNotHearIsNotLate() {
    a.put("s/1", "{}");
    b.pull(a);
    advanceAll(LIVENESS - 1_000);
    a.wipe();
    a.pull(b);
    a.registry().recovered();
    a.registry().synchronised();
    assertThat(a.renew("s/1")).as("adopted").isEqualTo(Outcome.DONE);
    a.advance(1_000);
    a.pause(LIVENESS);
    assertThat(a.renew("s/1")).as("after a pause").isEqualTo(Outcome.DONE);
  }

  @Test
  void aRestoredInstanceIsNotLate() {
    a.put("s/1", "{}");
    restart(a, a.save());
    a.registry().recovered();
    a.registry().synchronised();
    a.advance(LIVENESS - 1_000);
    assertThat(a.renew("s/1")).isEqualTo(Outcome.DONE);
  }
}

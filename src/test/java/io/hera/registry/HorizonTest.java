package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HorizonTest {
  private final Horizon horizon = new Horizon();

  @Test
  void theHorizonNeverGoesBackWhenDeltasAreApplied() {
    horizon.reach(10);
    horizon.reach(5);
    assertThat(horizon.version()).isEqualTo(10);
    assertThat(horizon.reached()).isEqualTo(10);
  }

  @Test
  void aRefusalFreezesTheHorizonUntilTheNextPull() {
    horizon.reach(10);
    horizon.refuse(15, 12);
    horizon.reach(30);
    assertThat(horizon.version()).isEqualTo(12);
    assertThat(horizon.reached()).isEqualTo(30);
    horizon.refuse(11, 10);
    assertThat(horizon.version()).isEqualTo(10);
    horizon.retry();
    assertThat(horizon.reached()).isEqualTo(10);
    horizon.reach(30);
    assertThat(horizon.version()).isEqualTo(30);
  }

  @Test
  void anAnswerWithoutAgesDoesNotMakeTheHorizonExact() {
    horizon.reach(10);
    horizon.reachExactly(0, 10);
    horizon.reach(20);
    horizon.reachExactly(15, 30);
    assertThat(horizon.exact()).as("15 is above the exact part").isEqualTo(10);
    horizon.reachExactly(10, 30);
    assertThat(horizon.exact()).isEqualTo(30);
  }

  @Test
  void entriesThatAreAskedForAgainAreNotExact() {
    horizon.refuse(15, 12);
    horizon.reachExactly(0, 15);
    horizon.retry();
    assertThat(horizon.exact()).isEqualTo(12);
    horizon.forget();
    assertThat(horizon.exact()).isZero();
  }
}

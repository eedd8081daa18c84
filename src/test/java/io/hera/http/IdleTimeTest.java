package io.hera.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The time for which a connection has had nothing to do. */
class IdleTimeTest {
  @Test
  void aNewConnectionIsIdleFromTheFirstSweepOn() {
    IdleTime idle = new IdleTime();

    assertThat(idle.sweep(false, 900)).isZero();
    assertThat(idle.sweep(false, 1_900)).isEqualTo(1_000);
  }

  @Test
  void aRequestBetweenTwoSweepsEndsTheIdleTime() {
    IdleTime idle = new IdleTime();
    idle.sweep(false, 0);
    idle.sweep(false, 3_000);
    idle.used();

    assertThat(idle.sweep(false, 4_000)).isZero();
  }

  @Test
  void aLongRequestThatEndsBetweenTwoSweepsWasNotIdleBetweenThem() {
    IdleTime idle = new IdleTime();
    idle.used();
    assertThat(idle.sweep(true, 1_000)).isZero();
    assertThat(idle.sweep(true, 2_000)).isZero();

    assertThat(idle.sweep(false, 3_000)).isZero();
    assertThat(idle.sweep(false, 4_000)).isEqualTo(1_000);
  }

  /** At any phase of the sweeps, and with sweeps that come late. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void anIdleTimeIsNeverLongerThanThatSinceTheLastRequestEnded(long seed) {
    Random random = new Random(seed);
    IdleTime idle = new IdleTime();
    long now = 0;
    long endedMillis = 0;
    boolean busy = false;
    for (int step = 0; step < 100_000; step++) {
      now += random.nextInt(700);
      if (random.nextInt(3) > 0) {
        long idleMillis = idle.sweep(busy, now);
        assertThat(idleMillis).isBetween(0L, busy ? 0L : now - endedMillis);
      } else if (busy) {
        busy = false;
        endedMillis = now;
      } else {
        busy = true;
        idle.used();
      }
    }
  }
}

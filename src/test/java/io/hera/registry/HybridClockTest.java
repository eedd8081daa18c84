package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tests the versions that the clock issues (P1). */
class HybridClockTest {
  private final HybridClock clock = new HybridClock();

  @Test
  void theClockFollowsTheWallForwardsOnly() {
    assertThat(clock.tick(100, 0, 1, 0)).isEqualTo(100);
    assertThat(clock.tick(90, 0, 1, 0)).isEqualTo(100);
    assertThat(clock.tick(110, 0, 1, 0)).isEqualTo(110);
  }

  @Test
  void aSealedVersionIsExceeded() {
    clock.tick(100, 0, 1, 0);
    clock.seal(100);
    clock.seal(50);
    assertThat(clock.tick(100, 0, 1, 0)).isEqualTo(101);
    assertThat(clock.tick(100, 0, 1, 0)).isEqualTo(101);
  }

  @Test
  void aWitnessedVersionIsExceeded() {
    assertThat(clock.tick(100, 200, 1, 0)).isEqualTo(201);
  }

  @Test
  void aRaisedVersionIsExceeded() {
    clock.raise(300);
    clock.raise(200);
    assertThat(clock.last()).isEqualTo(300);
    assertThat(clock.tick(100, 0, 1, 0)).isEqualTo(301);
  }

  @Test
  void aResetMayLowerTheClock() {
    clock.tick(300, 0, 1, 0);
    clock.reset(100);
    assertThat(clock.tick(100, 0, 1, 0)).isEqualTo(101);
  }

  @Test
  void aTieIsBoundedInBytes() {
    int half = HybridClock.TIE_BYTES_MAX / 2;
    assertThat(clock.tick(100, 0, half, 0)).isEqualTo(100);
    assertThat(clock.tick(100, 0, half, 0)).isEqualTo(100);
    assertThat(clock.tick(100, 0, 1, 0)).isEqualTo(101);
    assertThat(clock.tick(100, 0, 4L * half, 0)).isEqualTo(102);
    assertThat(clock.tick(100, 0, 4L * half, 4L * half)).isEqualTo(102);
  }
}

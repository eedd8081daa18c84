package io.hera.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** The election of the agreed time (P15). Offsets are unix time minus boot time. */
class AgreedTimeTest {
  private static final long TOLERANCE = 30_000;
  private static final long TEN_MINUTES = 600_000;
  private static final long YEAR = 365L * 86_400_000;

  private final AgreedTime time = new AgreedTime();
  private long boot;

  private long elect(long wallOffset) {
    time.elect(wallOffset + boot, boot, TOLERANCE);
    return time.millisAt(boot) - boot;
  }

  private void heard(String peer, long offset) {
    time.heard(peer, offset + boot, boot);
  }

  @Test
  void aNodeThatHasNotHeardFromAPeerFollowsItsOwnClock() {
    assertThat(elect(0)).isZero();
    assertThat(elect(YEAR)).isEqualTo(YEAR);
    assertThat(time.followsWall()).isTrue();
  }

  @Test
  void theMedianOfThreeClocksDecides() {
    heard("b", 5);
    heard("c", 9);
    assertThat(elect(-TEN_MINUTES)).isEqualTo(5);
    assertThat(time.correctionMillis()).isEqualTo(TEN_MINUTES + 5);
  }

  @Test
  void aStartWithAWrongClockIsCorrectedByTwoPeers() {
    heard("b", 0);
    heard("c", 1);
    assertThat(elect(YEAR)).isEqualTo(1);
  }

  @Test
  void ofTwoNodesAStepOfEitherIsHarmless() {
    heard("b", 0);
    elect(0);
    assertThat(elect(-TEN_MINUTES)).as("the own clock steps").isZero();
    elect(0);
    heard("b", YEAR);
    assertThat(elect(0)).as("the peer's clock steps").isZero();
  }

  @Test
  void ofTwoNodesThatStartTheLaterClockDecides() {
    heard("b", 0);
    assertThat(elect(-TEN_MINUTES)).isZero();
    heard("b", 0);
    assertThat(elect(TEN_MINUTES)).isEqualTo(TEN_MINUTES);
  }

  @Test
  void aTimeThatNoTwoClocksConfirmIsNotCarried() {
    heard("b", 0);
    elect(TEN_MINUTES);
    assertThat(elect(0)).as("the own clock is corrected").isZero();
  }

  @Test
  void theCarriedTimeVotesWhenNoPeerIsHeard() {
    heard("b", 0);
    elect(0);
    boot += 61_000;
    assertThat(elect(-TEN_MINUTES)).isZero();
    assertThat(time.voters()).as("the own clock and the carried time").isEqualTo(2);
  }

  @Test
  void aPeersClockVotesForAMinute() {
    heard("b", 0);
    heard("c", 0);
    elect(0);
    elect(0);
    assertThat(time.voters()).as("the own, two peers, the carried time").isEqualTo(4);
    boot += 60_001;
    elect(0);
    assertThat(time.voters()).isEqualTo(2);
  }

  @Test
  void aSlowDriftIsFollowed() {
    for (int minute = 0; minute < 1_000; minute++) {
      boot += 50_000;
      heard("b", minute * 100L);
      heard("c", minute * 100L + 1);
      assertThat(elect(minute * 100L)).isBetween(minute * 100L - 200, minute * 100L + 1);
    }
  }

  @Test
  void theClockOfANodeThatWasRemovedDoesNotVote() {
    heard("b", 0);
    heard("c", YEAR);
    time.retain(Set.of("a", "b"));
    elect(0);
    assertThat(time.voters()).as("own, b, and no carried time yet").isEqualTo(2);
  }
}

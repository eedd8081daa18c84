package io.hera.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Tests when peers that fail are asked, and that they take no turn from healthy ones. */
class PeerBackOffTest extends PeerScheduleFixture {
  private static final long NEVER_OVER = PeerSchedule.BACK_OFF_MAX_MILLIS;

  @Test
  void aFailingPeerIsBackedOffLongerEachTimeUpToTheBound() {
    peers("a");
    fail("a");
    long most = PeerSchedule.BACK_OFF_MIN_MILLIS;
    for (int failure = 1; failure < 80; failure++) {
      long failedAt = now;
      now = failedAt + most / 2 - 1;
      assertThat(schedule.round(now)).as("failure %d, too early", failure).isEmpty();
      now = failedAt + most;
      assertThat(schedule.round(now)).as("failure %d, forgotten", failure).containsExactly("a");
      schedule.failed("a", now);
      most = Math.min(PeerSchedule.BACK_OFF_MAX_MILLIS, 2 * most);
    }
    assertThat(most).isEqualTo(30_000);
  }

  @Test
  void halfOfABackOffIsRandom() {
    Set<Long> ends = new TreeSet<>();
    for (int seed = 0; seed < 30; seed++) {
      PeerSchedule drawn = new PeerSchedule(new SplittableRandom(seed));
      drawn.add("a");
      drawn.begin("a");
      drawn.failed("a", 0);
      long end = 0;
      while (drawn.round(end).isEmpty()) {
        end++;
      }
      ends.add(end);
    }
    assertThat(ends)
        .hasSizeGreaterThan(10)
        .allSatisfy(end -> assertThat(end)
            .isBetween(PeerSchedule.BACK_OFF_MIN_MILLIS / 2, PeerSchedule.BACK_OFF_MIN_MILLIS));
  }

  @Test
  void aSuccessEndsTheBackOffAndItsGrowth() {
    peers("a");
    for (int failure = 0; failure < 6; failure++) {
      now += NEVER_OVER;
      fail("a");
    }
    schedule.begin("a");
    schedule.succeeded("a");
    assertThat(goodRound()).containsExactly("a");
    fail("a");
    now += PeerSchedule.BACK_OFF_MIN_MILLIS;
    assertThat(schedule.round(now)).containsExactly("a");
  }

  @Test
  void deadPeersTakeNoTurnFromHealthyOnes() {
    peers("a", "b", "dead1", "dead2", "dead3");
    int[] living = new int[2];
    int dead = 0;
    for (int round = 0; round < 400; round++, now += 3_000) {
      for (String name : schedule.round(now)) {
        if (name.startsWith("dead")) {
          schedule.failed(name, now);
          dead++;
        } else {
          living[name.charAt(0) - 'a']++;
          schedule.succeeded(name);
        }
      }
    }
    // A dead peer takes one turn, before its first failure.
    assertThat(living[0] + living[1]).isBetween(397, 400);
    assertThat(Math.abs(living[0] - living[1])).isLessThanOrEqualTo(3);
    assertThat(dead).isBetween(3 * 400 / 12, 3 * 400 / 4);
  }

  @Test
  void aPeerThatComesBackHasItsTurnsAgain() {
    peers("a", "b");
    fail("b");
    now += NEVER_OVER;
    List<String> asked = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      asked.addAll(goodRound());
    }
    assertThat(asked).contains("a", "b");
    List<String> cycles = new ArrayList<>();
    for (int round = 0; round < 20; round++) {
      cycles.addAll(goodRound());
    }
    assertThat(cycles).hasSize(20).filteredOn("b"::equals).hasSizeBetween(9, 11);
  }

  @Test
  void aFailingPeerThatReturnsIsAskedAtOnceAndFirst() {
    peers("a", "b", "c", "d");
    for (int failure = 0; failure < 9; failure++) {
      fail("d");
    }
    assertThat(schedule.peerReturned("d")).isTrue();
    assertThat(schedule.round(now)).startsWith("d");
  }

  @Test
  void aPeerThatReturnsAndFailsAgainHasTheShortestBackOff() {
    peers("a");
    for (int failure = 0; failure < 9; failure++) {
      fail("a");
    }
    schedule.peerReturned("a");
    fail("a");
    assertThat(schedule.round(now)).isEmpty();
    now += PeerSchedule.BACK_OFF_MIN_MILLIS;
    assertThat(schedule.round(now)).containsExactly("a");
  }

  @Test
  void aDeadPeerThatAsksTakesNoTurnFromHealthyOnes() {
    peers("a", "dead");
    fail("dead");
    for (int round = 0; round < 50; round++, now += 1_000) {
      schedule.peerReturned("dead");
      List<String> asked = schedule.round(now);
      assertThat(asked).contains("a");
      asked.forEach(name -> {
        if (name.equals("a")) {
          schedule.succeeded(name);
        } else {
          schedule.failed(name, now);
        }
      });
    }
  }
}

package io.hera.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PeerScheduleTest {
  private static final long NEVER_OVER = PeerSchedule.BACK_OFF_MAX_MILLIS;

  private final PeerSchedule schedule = new PeerSchedule(new SplittableRandom(7));
  private long now;

  private void peers(String... names) {
    for (String name : names) {
      schedule.add(name);
    }
  }

  /** Who is asked in a round in which everything goes well. */
  private List<String> goodRound() {
    List<String> asked = schedule.round(now);
    asked.forEach(schedule::succeeded);
    return asked;
  }

  private void fail(String name) {
    assertThat(schedule.begin(name)).isTrue();
    schedule.failed(name, now);
  }

  @Test
  void everyPeerIsAskedOnceACycle() {
    peers("a", "b", "c", "d", "e");
    Set<List<String>> orders = new HashSet<>();
    for (int cycle = 0; cycle < 50; cycle++) {
      List<String> order = new ArrayList<>();
      for (int round = 0; round < 5; round++) {
        List<String> asked = goodRound();
        assertThat(asked).hasSize(1);
        order.addAll(asked);
      }
      assertThat(order).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
      orders.add(order);
    }
    assertThat(orders).hasSizeGreaterThan(10);
  }

  @Test
  void theSameChanceGivesTheSameOrder() {
    PeerSchedule one = new PeerSchedule(new SplittableRandom(3));
    PeerSchedule other = new PeerSchedule(new SplittableRandom(3));
    for (String name : List.of("a", "b", "c", "d")) {
      one.add(name);
      other.add(name);
    }
    for (int round = 0; round < 40; round++) {
      List<String> asked = one.round(0);
      assertThat(other.round(0)).isEqualTo(asked);
      asked.forEach(one::succeeded);
      asked.forEach(other::succeeded);
    }
  }

  @Test
  void nobodyIsAskedWhenThereIsNobody() {
    assertThat(schedule.round(0)).isEmpty();
    assertThat(schedule.begin("a")).isFalse();
    assertThat(schedule.peerReturned("a")).isFalse();
    schedule.succeeded("a");
    schedule.failed("a", 0);
    assertThat(schedule.round(0)).isEmpty();
  }

  @Test
  void aPeerIsNotAskedAgainWhileItIsBeingAsked() {
    peers("a");
    assertThat(schedule.round(now)).containsExactly("a");
    assertThat(schedule.round(now)).isEmpty();
    assertThat(schedule.begin("a")).isFalse();
    schedule.succeeded("a");
    assertThat(schedule.round(now)).containsExactly("a");
  }

  @Test
  void theOneAfterAPeerThatIsBeingAskedHasTheTurn() {
    peers("a", "b", "hung");
    schedule.begin("hung");
    for (int cycle = 0; cycle < 20; cycle++) {
      List<String> asked = new ArrayList<>(goodRound());
      asked.addAll(goodRound());
      assertThat(asked).containsExactlyInAnyOrder("a", "b");
    }
  }

  @Test
  void anExchangeOutOfTurnIsThePeersTurn() {
    peers("a", "b", "c");
    schedule.begin("b");
    schedule.succeeded("b");
    List<String> rest = new ArrayList<>(goodRound());
    rest.addAll(goodRound());
    assertThat(rest).containsExactlyInAnyOrder("a", "c");
  }

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
  void backOffsAreDrawnByLot() {
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
  void deadPeersTakeNoTurnFromTheLiving() {
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
    // The first time a dead peer is asked nobody knows yet that it is dead.
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
  void aFailingPeerThatIsHeardIsToBeAskedAtOnceAndFirst() {
    peers("a", "b", "c", "d");
    for (int failure = 0; failure < 9; failure++) {
      fail("d");
    }
    assertThat(schedule.peerReturned("d")).isTrue();
    assertThat(schedule.round(now)).startsWith("d");
  }

  @Test
  void aPeerThatIsHeardWhileItIsBeingAskedIsNotAskedTwice() {
    peers("a");
    fail("a");
    schedule.begin("a");
    assertThat(schedule.peerReturned("a")).isFalse();
    assertThat(schedule.round(now)).isEmpty();
  }

  @Test
  void aPeerThatIsHeardAndFailsAgainBeginsWithTheShortestBackOff() {
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
  void aHealthyPeerThatIsHeardIsNextButNotTwiceInACycle() {
    for (int seed = 0; seed < 20; seed++) {
      PeerSchedule drawn = new PeerSchedule(new SplittableRandom(seed));
      List.of("a", "b", "c", "d").forEach(drawn::add);
      assertThat(drawn.peerReturned("c")).isFalse();
      List<String> order = new ArrayList<>();
      for (int round = 0; round < 4; round++) {
        List<String> asked = drawn.round(0);
        asked.forEach(drawn::succeeded);
        order.addAll(asked);
        drawn.peerReturned("c");
      }
      assertThat(order).startsWith("c").containsExactlyInAnyOrder("a", "b", "c", "d");
    }
  }

  @Test
  void beingHeardDoesNotMakeADeadPeerTakeTurnsFromTheLiving() {
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

  @Test
  void aNewPeerIsAskedWithinTheCycle() {
    peers("a", "b", "c");
    goodRound();
    schedule.add("d");
    List<String> rest = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      rest.addAll(goodRound());
    }
    assertThat(rest).contains("d").doesNotHaveDuplicates();
  }

  @Test
  void aRemovedPeerIsNotAskedAnyMore() {
    peers("a", "b");
    schedule.begin("b");
    schedule.remove("b");
    schedule.succeeded("b");
    schedule.failed("b", now);
    assertThat(schedule.peerReturned("b")).isFalse();
    for (int round = 0; round < 10; round++) {
      assertThat(goodRound()).containsExactly("a");
    }
  }

  @Test
  void aPeerThatIsAddedAnewHasNoPast() {
    peers("a");
    fail("a");
    schedule.begin("a");
    schedule.add("a");
    assertThat(schedule.round(now)).containsExactly("a");
    assertThat(schedule.round(now)).isEmpty();
  }
}

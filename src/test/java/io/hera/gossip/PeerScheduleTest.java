package io.hera.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Tests the turns of peers. */
class PeerScheduleTest extends PeerScheduleFixture {
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
  void theSameRandomNumbersGiveTheSameOrder() {
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
  void noPeerIsAskedWhenThereIsNone() {
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
  void aPeerThatReturnsWhileItIsBeingAskedIsNotAskedTwice() {
    peers("a");
    fail("a");
    schedule.begin("a");
    assertThat(schedule.peerReturned("a")).isFalse();
    assertThat(schedule.round(now)).isEmpty();
  }

  @Test
  void aHealthyPeerThatReturnsIsNextButNotTwiceInACycle() {
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

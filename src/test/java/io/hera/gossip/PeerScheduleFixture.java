package io.hera.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;

/** A schedule with a clock of its own, for tests. */
abstract class PeerScheduleFixture {
  final PeerSchedule schedule = new PeerSchedule(new SplittableRandom(7));
  long now;

  final void peers(String... names) {
    for (String name : names) {
      schedule.add(name);
    }
  }

  /** Returns the peers that are asked in a round in which everything goes well. */
  final List<String> goodRound() {
    List<String> asked = schedule.round(now);
    asked.forEach(schedule::succeeded);
    return asked;
  }

  final void fail(String name) {
    assertThat(schedule.begin(name)).isTrue();
    schedule.failed(name, now);
  }
}

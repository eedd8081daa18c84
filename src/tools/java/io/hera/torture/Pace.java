package io.hera.torture;

import io.hera.torture.WallClocks.Wall;
import java.util.List;

/**
 * How long faults last, and how busy clients are, in milliseconds.
 *
 * @param fault the unit for faults of links and processes
 * @param wrongClocks what the wrong clocks of a cycle show
 * @param wrongClock how long a clock is wrong
 * @param window how long the bytes of gossip are counted
 * @param pause of a client between two reads
 */
record Pace(long fault, List<Wall> wrongClocks, long wrongClock, long window, long pause) {
  /** Each kind is over before anything expires; half as many requests leave the processors to other tests. */
  static final Pace SHORT =
      new Pace(2_000, List.of(Wall.A_DAY_BEHIND, Wall.A_YEAR_AHEAD), 500, 6_000, 200);

  /** Wrong clocks last for three times the longest ttl: a registration that no renewal reaches expires. */
  static final Pace LONG = new Pace(10_000, Wall.WRONG, 60_000, 20_000, 100);
}

package io.hera.torture;

/**
 * How long faults last, in milliseconds.
 *
 * @param fault the unit for faults of links and processes
 * @param wrongClock how long a clock is wrong
 * @param window how long the bytes of gossip are counted
 */
record Pace(long fault, long wrongClock, long window) {
  /** Each kind is over before anything expires. */
  static final Pace SHORT = new Pace(2_000, 500, 8_000);

  /** Wrong clocks last for longer than each ttl: a registration that no renewal reaches expires. */
  static final Pace LONG = new Pace(10_000, 25_000, 20_000);
}

package io.hera.client;

import java.time.Duration;

/** The durations of {@link HeraSettings}, explained there. */
record Timing(
    Duration patience, Duration farewell, Duration drain, Duration grace, Duration spread) {
  /** Before {@link #DEFAULT}, which it checks. */
  private static final Duration LONGEST = Duration.ofHours(1);

  static final Timing DEFAULT = new Timing(
      Duration.ofSeconds(5),
      Duration.ofSeconds(3),
      Duration.ofSeconds(2),
      Duration.ofSeconds(60),
      Duration.ofSeconds(2));

  Timing {
    check("patience", patience);
    check("farewell", farewell);
    check("drain", drain);
    check("grace", grace);
    check("spread", spread);
    if (patience.isZero()) {
      throw new IllegalArgumentException("patience: it is zero");
    }
  }

  private static void check(String name, Duration time) {
    if (time.isNegative() || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(name + ": " + time + " is not in 0..1 h");
    }
  }

  Timing withPatience(Duration time) {
    return new Timing(time, farewell, drain, grace, spread);
  }

  Timing withFarewell(Duration time) {
    return new Timing(patience, time, drain, grace, spread);
  }

  Timing withDrain(Duration time) {
    return new Timing(patience, farewell, time, grace, spread);
  }

  Timing withGrace(Duration time) {
    return new Timing(patience, farewell, drain, time, spread);
  }

  Timing withSpread(Duration time) {
    return new Timing(patience, farewell, drain, grace, time);
  }
}

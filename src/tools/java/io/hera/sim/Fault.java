package io.hera.sim;

import java.util.Locale;

/** The ways in which a faulty node answers. */
enum Fault {
  /** Answers just in time, or just too late. */
  SLOW,
  /** Accepts the request and never answers. */
  HUNG,
  /** Answers with bytes that are not a delta. */
  MALFORMED,
  /** Answers with more entries than a node accepts. */
  HUGE;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Fault of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}

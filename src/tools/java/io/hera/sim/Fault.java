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

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Fault of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}

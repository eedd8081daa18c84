package io.hera.sim;

import java.util.Locale;

/** How a bad node answers. */
enum Fault {
  /** Just in time, or just too late. */
  SLOW,
  /** Takes the question and never answers. */
  HUNG,
  /** Answers what is no delta. */
  MALFORMED,
  /** Answers more entries than anybody takes. */
  HUGE;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Fault of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}

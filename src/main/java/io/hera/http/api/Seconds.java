package io.hera.http.api;

import io.vertx.core.http.HttpHeaders;

/**
 * A number of seconds in the form that costs least to send. Most instances have the same ttl, so the text of the last number
 * nearly always serves again.
 */
final class Seconds {
  /** Shared by all event loops: each reads a number with its text, whichever it is. */
  private static volatile Seconds last = new Seconds(0);

  private final long number;
  private final CharSequence text;

  private Seconds(long number) {
    this.number = number;
    this.text = HttpHeaders.createOptimized(Long.toString(number));
  }

  /** Returns the digits of a number of seconds. */
  static CharSequence text(long number) {
    Seconds found = last;
    if (found.number != number) {
      found = new Seconds(number);
      last = found;
    }
    return found.text;
  }
}

package io.hera.http;

/**
 * How long a connection has been idle, as far as sweeps see it. One per connection, used on its context only.
 *
 * <p>A connection is idle from the first sweep on that sees neither a request in progress nor one since the sweep before. So
 * its time may begin late by the pause between two sweeps, and never early; and no request has to read a clock.
 */
final class IdleTime {
  private boolean active = true;
  private long sinceMillis;

  /** A request has begun. */
  void used() {
    active = true;
  }

  /**
   * Returns how long the connection has been idle at this sweep.
   *
   * @param busy whether a request is in progress
   * @param nowMillis monotonic time
   */
  long sweep(boolean busy, long nowMillis) {
    if (active || busy) {
      sinceMillis = nowMillis;
    }
    active = busy;
    return nowMillis - sinceMillis;
  }
}

package io.hera.http.watch;

import io.hera.http.Exchange;
import io.hera.http.Quiet;
import io.hera.http.RepeatedRead;
import java.util.OptionalLong;

/** A read that waits for a change of its selection, or is being repeated after one. Owned by {@link LongPolls}. */
final class ParkedRead {
  final RepeatedRead read;
  final Exchange exchange;
  final Watch watch;
  final long waitMillis;
  /** Ends the wait; empty before the read was parked for the first time, and when the wait is over. */
  private OptionalLong timer = OptionalLong.empty();

  private boolean over;

  ParkedRead(RepeatedRead read, Quiet quiet, long waitMillis) {
    this.read = read;
    this.exchange = read.exchange();
    this.watch = new Watch(read.selection(), quiet);
    this.waitMillis = waitMillis;
  }

  /** Returns whether the wait is over: the next attempt is the last one. */
  boolean isOver() {
    return over;
  }

  /** Returns whether the wait has begun and is not over. */
  boolean waits() {
    return timer.isPresent();
  }

  /** Begins the wait, which the timer will end. */
  void begin(long timer) {
    this.timer = OptionalLong.of(timer);
  }

  /** Ends the wait; returns the timer, empty if it had not begun. */
  OptionalLong end() {
    OptionalLong ended = timer;
    timer = OptionalLong.empty();
    over = true;
    return ended;
  }
}

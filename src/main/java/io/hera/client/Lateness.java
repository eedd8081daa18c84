package io.hera.client;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Says when the heartbeats of an instance stay away: late after one and a half periods, lost after the
 * ttl. Owned by the loop.
 */
final class Lateness {
  private final Loop loop;
  private final Duration ttl;
  private final Consumer<Registration.State> then;
  private Optional<Loop.Timer> timer = Optional.empty();

  Lateness(Loop loop, Duration ttl, Consumer<Registration.State> then) {
    this.loop = loop;
    this.ttl = ttl;
    this.then = then;
  }

  /** A heartbeat was accepted: the time begins. */
  void watch(Duration period) {
    cancel();
    Duration late = period.multipliedBy(3).dividedBy(2);
    Duration rest = ttl.compareTo(late) > 0 ? ttl.minus(late) : Duration.ZERO;
    timer = Optional.of(loop.after(late, () -> {
      then.accept(Registration.State.LATE);
      timer = Optional.of(loop.after(rest, () -> then.accept(Registration.State.LOST)));
    }));
  }

  void cancel() {
    timer.ifPresent(Loop.Timer::cancel);
  }
}

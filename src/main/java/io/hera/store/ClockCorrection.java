package io.hera.store;

import io.hera.registry.ClockStatus;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the agreed time is ahead of the wall clock of this node (P15). One per node: the store verticle writes it, and logs when
 * the clock becomes wrong or right again. Any thread may read it, and sees a change a moment late.
 */
public final class ClockCorrection {
  private static final Logger log = LoggerFactory.getLogger(ClockCorrection.class);

  private volatile long millis;
  private boolean wrong;

  void set(ClockStatus status) {
    if (status.correctionMillis() != millis) {
      millis = status.correctionMillis();
    }
    if (status.wrong() && !wrong) {
      log.error(
          "the clock of this node is wrong by {} ms, as its peers see it: this node goes on with their time; repair its time synchronisation",
          -status.correctionMillis());
    } else if (!status.wrong() && wrong) {
      log.info("the clock of this node is right again");
    }
    wrong = status.wrong();
  }

  /** Returns the agreed time minus the wall clock. */
  public long millis() {
    return millis;
  }

  /** Returns a clock that shows the agreed time. */
  public InstantSource corrected(InstantSource wall) {
    return () -> Instant.ofEpochMilli(wall.millis() + millis);
  }
}

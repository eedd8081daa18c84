package io.hera.assembly;

import io.hera.wire.Address;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A warning that is repeated once a day, so that a setting for some days does not stay for years. */
public final class Reminder {
  private static final Logger log = LoggerFactory.getLogger(Reminder.class);

  private Reminder() {}

  /**
   * Warns that the node is still reached in clear.
   *
   * @return ends that
   */
  public static Runnable ofPlaintext(Vertx vertx, Address at) {
    long timer = vertx.setPeriodic(
        TimeUnit.DAYS.toMillis(1),
        due -> log.warn(
            "plaintext: {} is still served without TLS and access control; hera doctor says when that can end",
            at));
    return () -> vertx.cancelTimer(timer);
  }
}

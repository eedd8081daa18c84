package io.hera.store;

import io.hera.registry.Silence;
import io.hera.wire.Percent;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says when most instances of a service have become silent, and when they are not any more: to those
 * who subscribe, and in the log, which has a bounded number of lines per minute. Owned by
 * {@link StoreTurns}.
 */
final class SilentServices {
  static final int LINES_MAX = 20;
  static final long PERIOD_MILLIS = 60_000;

  private static final Logger log = LoggerFactory.getLogger(SilentServices.class);

  private final Consumer<Silence> publisher;
  private int lines;
  private int unlogged;
  private long endsMillis;

  SilentServices(Consumer<Silence> publisher) {
    this.publisher = publisher;
  }

  /** Says that a service has changed. */
  void changed(Silence silence) {
    publisher.accept(silence);
    if (lines < LINES_MAX) {
      lines++;
      log(silence);
    } else {
      unlogged++;
    }
  }

  private static void log(Silence silence) {
    String service = Percent.encode(silence.service());
    if (silence.extent() == Silence.Extent.MOST) {
      log.warn(
          "silent: {} of {} instances of {} were not renewed for half of their ttl",
          silence.silent(),
          silence.shown(),
          service);
    } else {
      log.info(
          "no longer silent: {} of {} instances of {} are left that were not renewed in time",
          silence.silent(),
          silence.shown(),
          service);
    }
  }

  /** Lets time pass: says how many lines the last minute had no room for, and gives room for others. */
  void pass(long nowMillis) {
    if (nowMillis < endsMillis) {
      return;
    }
    if (unlogged > 0) {
      log.warn(
          "silent services: {} more changes in the last minute; /_status has the worst", unlogged);
    }
    lines = 0;
    unlogged = 0;
    endsMillis = nowMillis + PERIOD_MILLIS;
  }
}

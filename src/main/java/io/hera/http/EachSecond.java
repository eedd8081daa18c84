package io.hera.http;

import io.hera.store.Readiness;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * The values of headers that change once a second: {@code Date} of all replies (RFC 9110, 6.6.1), and {@code Hera-Uptime} of those to
 * reads. One per HTTP verticle, used on its context only; formatted once a second, so a reply only refers to them.
 */
final class EachSecond {
  private static final long SECOND_MILLIS = 1_000;
  private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
          "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
      .withZone(ZoneOffset.UTC);

  private final InstantSource wall;
  private final Readiness readiness;
  private final LongSupplier monotonicNanos;
  private CharSequence date;
  private CharSequence uptime;

  EachSecond(Vertx vertx, ServerContext server) {
    this.wall = server.wall();
    this.readiness = server.readiness();
    this.monotonicNanos = server.monotonicNanos();
    this.date = dateNow();
    this.uptime = uptimeNow();
    vertx.setPeriodic(SECOND_MILLIS, second -> {
      date = dateNow();
      uptime = uptimeNow();
    });
  }

  /** Returns the value of {@code Date}. */
  CharSequence date() {
    return date;
  }

  /** Returns the value of {@code Hera-Uptime}: for how many seconds the node has answered reads, less up to two. */
  CharSequence uptime() {
    return uptime;
  }

  private CharSequence dateNow() {
    return HttpHeaders.createOptimized(FORMAT.format(wall.instant()));
  }

  private CharSequence uptimeNow() {
    return HttpHeaders.createOptimized(
        Long.toString(readiness.answeringSeconds(monotonicNanos.getAsLong())));
  }
}

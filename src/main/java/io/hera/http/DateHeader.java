package io.hera.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The header {@code Date} of all replies (RFC 9110, 6.6.1). One per HTTP verticle, used on its context only; formatted once a second.
 */
final class DateHeader {
  private static final long SECOND_MILLIS = 1_000;
  private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
          "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
      .withZone(ZoneOffset.UTC);

  private CharSequence value;

  DateHeader(Vertx vertx, InstantSource wall) {
    value = text(wall);
    vertx.setPeriodic(SECOND_MILLIS, second -> value = text(wall));
  }

  CharSequence value() {
    return value;
  }

  private static CharSequence text(InstantSource wall) {
    return HttpHeaders.createOptimized(FORMAT.format(wall.instant()));
  }
}

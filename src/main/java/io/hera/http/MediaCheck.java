package io.hera.http;

import io.hera.wire.Problem;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerResponse;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Refuses bodies that cannot be JSON. The Content-Type says little: {@code curl -d} sends JSON as a form. */
final class MediaCheck {
  private static final String SUPPORTED = "application/json";

  private MediaCheck() {}

  /** Returns why a body with these headers is not read, if it is not. */
  static Optional<Problem> flaw(MultiMap headers) {
    String type = headers.get(HttpHeaderNames.CONTENT_TYPE);
    if (type != null && isForeign(type)) {
      return Optional.of(Problem.unsupportedMedia("the Content-Type is XML or multipart"));
    }
    return headers.contains(HttpHeaderNames.CONTENT_ENCODING) && isEncoded(headers)
        ? Optional.of(Problem.unsupportedMedia("the body has a Content-Encoding"))
        : Optional.empty();
  }

  /** Puts the headers that list the supported types and encodings (RFC 9110, 15.5.16). */
  static void putSupported(HttpServerResponse response) {
    response
        .putHeader(HttpHeaderNames.ACCEPT, SUPPORTED)
        .putHeader(HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderValues.IDENTITY);
  }

  private static boolean isEncoded(MultiMap headers) {
    return headers.getAll(HttpHeaderNames.CONTENT_ENCODING).stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .map(String::strip)
        .anyMatch(coding ->
            !coding.isEmpty() && !HttpHeaderValues.IDENTITY.contentEqualsIgnoreCase(coding));
  }

  private static boolean isForeign(String type) {
    int end = type.indexOf(';');
    String media = (end < 0 ? type : type.substring(0, end)).trim().toLowerCase(Locale.ROOT);
    return media.startsWith("multipart/") || media.endsWith("/xml") || media.endsWith("+xml");
  }
}

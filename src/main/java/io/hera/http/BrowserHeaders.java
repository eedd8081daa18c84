package io.hera.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** The headers of replies that are for browsers alone: which pages may read the reply, and what a page made of it may do. */
final class BrowserHeaders {
  private static final CharSequence NO_CONTENT =
      HttpHeaders.createOptimized("default-src 'none'; frame-ancestors 'none'");
  private static final CharSequence RESOURCE_POLICY =
      HttpHeaders.createOptimized("cross-origin-resource-policy");
  private static final CharSequence SAME_ORIGIN = HttpHeaders.createOptimized("same-origin");
  private static final CharSequence ANY_ORIGIN = HttpHeaders.createOptimized("cross-origin");
  private static final CharSequence REFERRER_POLICY =
      HttpHeaders.createOptimized("referrer-policy");
  private static final CharSequence NO_REFERRER = HttpHeaders.createOptimized("no-referrer");

  private static final CharSequence EXPOSED = HttpHeaders.createOptimized(
      "ETag, Retry-After, Hera-Change, Hera-Drained, Hera-Expires-In, Hera-Filtered, Hera-Hint, "
          + "Hera-Near, Hera-Node, Hera-Not-Saved, Hera-Origin, Hera-Restored, Hera-Uptime, WWW-Authenticate");
  private static final CharSequence METHODS =
      HttpHeaders.createOptimized("GET, HEAD, PUT, DELETE, POST");
  private static final CharSequence SENDABLE = HttpHeaders.createOptimized(
      "Authorization, Content-Type, If-None-Match, Last-Event-ID, Prefer");
  private static final CharSequence SECONDS = HttpHeaders.createOptimized("600");

  private BrowserHeaders() {}

  /** Puts the headers into the reply to a request; none if a program has sent it. */
  static void put(HttpServerResponse response, HttpServerRequest request, Sender sender) {
    if (sender == Sender.PROGRAM) {
      return;
    }
    boolean allowed = sender == Sender.ALLOWED_ORIGIN;
    MultiMap headers = response
        .headers()
        .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, NO_CONTENT)
        .set(REFERRER_POLICY, NO_REFERRER)
        .set(RESOURCE_POLICY, allowed ? ANY_ORIGIN : SAME_ORIGIN)
        .add(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
    if (allowed) {
      headers
          .set(
              HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN,
              request.headers().get(HttpHeaderNames.ORIGIN))
          .set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }
    if (allowed && request.method().equals(HttpMethod.OPTIONS)) {
      headers
          .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
          .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, SENDABLE)
          .set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, SECONDS);
    }
  }
}

package io.hera.http;

import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The decisions about a body before it is read, by the head of its request; and the end of one that is not read. */
final class BodyHead {
  private static final long LINGER_MILLIS = 1_000;

  private BodyHead() {}

  /** Returns the failure of a body that cannot be JSON, or that has an expectation which cannot be met. */
  static <T> Optional<Future<T>> refusal(HttpServerRequest request) {
    Optional<Problem> unsupported = MediaCheck.flaw(request.headers());
    if (unsupported.isPresent()) {
      MediaCheck.putSupported(request.response());
      if (expectation(request).isPresent()) {
        closeSoon(request);
      }
      return unsupported.map(BodyHead::failed);
    }
    boolean met = expectation(request)
        .map(HttpHeaderValues.CONTINUE::contentEqualsIgnoreCase)
        .orElse(true);
    return met ? Optional.empty() : Optional.of(refused(request, Problem.expectationFailed()));
  }

  /** Tells a client that waits for it to send the body. */
  static void proceed(HttpServerRequest request) {
    if (expectation(request).isPresent()) {
      request.response().writeContinue();
    }
  }

  /** Returns the failure of a body of which the rest is not read. */
  static <T> Future<T> refused(HttpServerRequest request, Problem problem) {
    closeSoon(request);
    return failed(problem);
  }

  /** Reads and drops the rest of the body for a while: a reset would hide the reply from the client. */
  static void closeSoon(HttpServerRequest request) {
    request.response().putHeader(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    request
        .handler(dropped -> {})
        .exceptionHandler(lost -> {})
        .endHandler(end -> {})
        .resume();
    request.connection().shutdown(LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Closes the connection of a request that was replied to: at once, or after the rest of a body that comes soon. */
  static void closeAtItsEnd(HttpServerRequest request) {
    request.connection().shutdown(LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static <T> Future<T> failed(Problem problem) {
    return Future.failedFuture(new ProblemException(problem));
  }

  /** A request of HTTP/1.0 has none (RFC 9110, 10.1.1). */
  private static Optional<String> expectation(HttpServerRequest request) {
    return request.version() == HttpVersion.HTTP_1_0
        ? Optional.empty()
        : Optional.ofNullable(request.headers().get(HttpHeaderNames.EXPECT));
  }
}

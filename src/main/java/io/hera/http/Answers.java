package io.hera.http;

import io.hera.store.Readiness;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes answers: the headers that all have in common, and problems. One an HTTP verticle. */
final class Answers {
  private static final Logger log = LoggerFactory.getLogger(Answers.class);

  private static final CharSequence JSON =
      HttpHeaders.createOptimized("application/json; charset=utf-8");
  /** The media type of a stream of events. */
  static final CharSequence EVENTS = HttpHeaders.createOptimized("text/event-stream");

  private static final CharSequence BUFFERING = HttpHeaders.createOptimized("x-accel-buffering");
  private static final CharSequence PROBLEM =
      HttpHeaders.createOptimized("application/problem+json");
  private static final CharSequence NO_SNIFF_NAME =
      HttpHeaders.createOptimized("x-content-type-options");
  private static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("nosniff");
  private static final CharSequence NODE_NAME = HttpHeaders.createOptimized("hera-node");

  private final CharSequence node;
  private final Tally tally;
  private final Readiness readiness;
  private final Connections connections;

  Answers(HttpVerticle.Parts parts, Connections connections) {
    this.node = HttpHeaders.createOptimized(parts.self().name());
    this.tally = parts.tally();
    this.readiness = parts.readiness();
    this.connections = connections;
  }

  /** 200 with JSON. */
  void json(HttpServerRequest request, Buffer json) {
    body(request, 200, JSON, json);
  }

  /** 200 with JSON that is to be written piece by piece. */
  HttpServerResponse begin(HttpServerRequest request) {
    return common(request, 200).setChunked(true).putHeader(HttpHeaderNames.CONTENT_TYPE, JSON);
  }

  /** 200 with a stream of events, which proxies are not to hold back. */
  HttpServerResponse beginEvents(HttpServerRequest request) {
    return common(request, 200)
        .setChunked(true)
        .putHeader(HttpHeaderNames.CONTENT_TYPE, EVENTS)
        .putHeader(BUFFERING, "no");
  }

  /** 200 with JSON that goes by the entity tag {@code etag}. */
  void json(HttpServerRequest request, String etag, Buffer json) {
    if (!gone(request)) {
      request.response().putHeader(HttpHeaderNames.ETAG, etag);
      json(request, json);
    }
  }

  /** 304: what the client has goes by {@code etag} still. */
  void notModified(HttpServerRequest request, String etag) {
    if (!gone(request)) {
      common(request, 304).putHeader(HttpHeaderNames.ETAG, etag).end();
    }
  }

  /** Any status with JSON. */
  void json(HttpServerRequest request, int status, Buffer json) {
    body(request, status, JSON, json);
  }

  /** 200 with a body of another type. */
  void body(HttpServerRequest request, CharSequence type, Buffer body) {
    body(request, 200, type, body);
  }

  /** 204. */
  void done(HttpServerRequest request) {
    if (gone(request)) {
      return;
    }
    common(request, 204).end();
  }

  /** 204 with the methods that may be used. */
  void options(HttpServerRequest request, String allowed) {
    request.response().putHeader(HttpHeaderNames.ALLOW, allowed);
    done(request);
  }

  /** 405 with the methods that may be used. */
  void methodNotAllowed(HttpServerRequest request, String allowed) {
    request.response().putHeader(HttpHeaderNames.ALLOW, allowed);
    problem(request, Problem.methodNotAllowed(allowed));
  }

  /** Replies with the problem behind a failure. A failure that is no problem is a defect: it is logged, and sent without detail. */
  void fail(HttpServerRequest request, Throwable failure) {
    if (failure instanceof ProblemException known) {
      problem(request, known.problem());
    } else {
      log.error("defect while serving a request", failure);
      problem(request, Problem.internal());
    }
  }

  void problem(HttpServerRequest request, Problem problem) {
    int status = problem.type().status();
    tally.count(problem.type());
    if (status == 503 && !gone(request)) {
      request.response().putHeader(HttpHeaderNames.RETRY_AFTER, "1");
    }
    body(request, status, PROBLEM, Buffer.buffer(problem.json()));
  }

  private void body(HttpServerRequest request, int status, CharSequence type, Buffer body) {
    if (gone(request)) {
      return;
    }
    HttpServerResponse response = common(request, status);
    response.putHeader(HttpHeaderNames.CONTENT_TYPE, type);
    if (request.method().equals(HttpMethod.HEAD)) {
      response
          .putHeader(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length()))
          .end();
    } else {
      response.end(body);
    }
  }

  /** The answer will come when there is news. */
  void waits(HttpServerRequest request) {
    connections.waits(request);
  }

  /** A server that is about to stop asks its clients to let go of their connections. */
  private HttpServerResponse common(HttpServerRequest request, int status) {
    connections.answered(request, status);
    HttpServerResponse response = request.response().setStatusCode(status);
    if (readiness.stopping()) {
      response.putHeader(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    return response
        .putHeader(NO_SNIFF_NAME, NO_SNIFF)
        .putHeader(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_CACHE)
        .putHeader(NODE_NAME, node);
  }

  /** Whether there is nobody to answer any more, or an answer has been given. */
  static boolean gone(HttpServerRequest request) {
    return request.response().ended() || request.response().closed();
  }
}

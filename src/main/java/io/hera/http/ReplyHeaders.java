package io.hera.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/** Media types and headers of replies, in the form that costs least to send. */
public final class ReplyHeaders {
  public static final CharSequence JSON =
      HttpHeaders.createOptimized("application/json; charset=utf-8");
  static final CharSequence PROBLEM = HttpHeaders.createOptimized("application/problem+json");
  static final CharSequence EVENTS = HttpHeaders.createOptimized("text/event-stream");

  /** The headers that decide about a reply that may be compressed. */
  static final CharSequence VARY_ENCODING = HttpHeaders.createOptimized("accept-encoding");

  /** The headers that decide about one that may also be of another type. */
  static final CharSequence VARY_ALL = HttpHeaders.createOptimized("accept, accept-encoding");

  /** Asks nginx not to hold back a stream. */
  static final CharSequence BUFFERING = HttpHeaders.createOptimized("x-accel-buffering");

  /** Says that a list shows only what the client may read. */
  static final CharSequence FILTERED = HttpHeaders.createOptimized("hera-filtered");

  /** Says by its label which problem a reply without a body is. */
  static final CharSequence PROBLEM_TYPE = HttpHeaders.createOptimized("hera-problem");

  /** Describes the problem, for people. */
  static final CharSequence PROBLEM_DETAIL = HttpHeaders.createOptimized("hera-problem-detail");

  /** What a client may see is not for others that use the same cache. */
  private static final CharSequence PRIVATE = HttpHeaders.createOptimized("private, no-cache");

  private static final CharSequence NO_SNIFF_NAME =
      HttpHeaders.createOptimized("x-content-type-options");
  private static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("nosniff");
  private static final CharSequence NODE_NAME = HttpHeaders.createOptimized("hera-node");

  private static final CharSequence UPTIME = HttpHeaders.createOptimized("hera-uptime");

  private ReplyHeaders() {}

  /**
   * Adds the headers that every reply has, and that no endpoint puts before; that to a lookup says how far the client may trust that
   * an instance is gone.
   */
  static void addCommon(MultiMap headers, ReceivedRequest request, Connections connections) {
    headers
        .add(NO_SNIFF_NAME, NO_SNIFF)
        .add(
            HttpHeaderNames.CACHE_CONTROL,
            connections.gate().isOn() ? PRIVATE : HttpHeaderValues.NO_CACHE)
        .add(HttpHeaderNames.DATE, connections.eachSecond().date())
        .add(NODE_NAME, connections.nodeHeader());
    if (request.isLookup()) {
      headers.add(UPTIME, connections.eachSecond().uptime());
    }
  }
}

package io.hera.http;

import io.hera.wire.Problem;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/** The beginning of a reply whose body is written piece by piece. Owned by {@link Exchange}. */
final class PiecewiseReply {
  private final Exchange exchange;
  private final Response response;

  PiecewiseReply(Exchange exchange, Response response) {
    this.exchange = exchange;
    this.response = response;
  }

  /** Begins a reply of 200, compressed if the client takes that. */
  SharedWalk.Coding begin(CharSequence type) {
    exchange.varyByEncoding();
    boolean gzip = exchange.acceptsGzip() && response.isOpen();
    if (gzip && !exchange.isBusy()) {
      exchange.putHeader(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.GZIP);
    }
    beginPlain(type);
    return gzip ? SharedWalk.Coding.GZIP : SharedWalk.Coding.PLAIN;
  }

  /** Begins a reply of 200 that is not compressed. */
  void beginPlain(CharSequence type) {
    if (exchange.isBusy()) {
      exchange.problem(Problem.busy());
    } else if (exchange.begin(200)) {
      exchange.onDisconnect(() -> {});
      start(exchange.request().response().putHeader(HttpHeaderNames.CONTENT_TYPE, type));
    }
  }

  private void start(HttpServerResponse http) {
    if (exchange.request().version() == HttpVersion.HTTP_1_0) {
      http.putHeader(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      http.endHandler(ended -> exchange.abort());
    } else {
      http.setChunked(true);
    }
    if (exchange.method().equals(HttpMethod.HEAD)) {
      response.end();
    }
  }
}

package io.hera.http;

import io.hera.access.Token;
import io.hera.store.page.Page;
import io.hera.wire.Problem;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;

/**
 * Replies whose whole body is there: compressed if that pays and the client takes it, and refused if
 * too much waits already for clients that do not read. Owned by {@link Exchange}.
 */
final class WholeReply {
  private static final int DETAIL_MAX = 200;

  private final Exchange exchange;
  private final Response response;
  private final Connections connections;

  WholeReply(Exchange exchange, Response response, Connections connections) {
    this.exchange = exchange;
    this.response = response;
    this.connections = connections;
  }

  void body(int status, CharSequence type, Buffer body) {
    if (Compression.pays(body.length()) && exchange.acceptsGzip()) {
      Compression.gzip(connections.vertx(), body)
          .onSuccess(gzip -> gzipped(status, type, Page.of(Buffer.buffer(gzip))))
          .onFailure(exchange::fail);
    } else {
      plain(status, type, Page.of(body));
    }
  }

  /** Replies with nothing. */
  void empty(int status) {
    if (exchange.begin(status)) {
      if (status != 204) {
        exchange.request().response().putHeader(HttpHeaderNames.CONTENT_LENGTH, "0");
      }
      response.end();
    }
  }

  /** Replies with a problem; clients of Eureka would take a body for an instance, and get headers for people. */
  void problem(Problem problem) {
    int status = problem.type().status();
    if (status == 503) {
      response.header(HttpHeaderNames.RETRY_AFTER, "1");
    }
    if (exchange.target() instanceof Target.Eureka) {
      response.header(ReplyHeaders.PROBLEM_TYPE, problem.type().label());
      response.header(ReplyHeaders.PROBLEM_DETAIL, shown(problem.detail()));
      empty(status);
    } else {
      body(status, ReplyHeaders.PROBLEM, Buffer.buffer(problem.json()));
    }
  }

  private static String shown(String detail) {
    String printable = Token.hideIn(detail).replaceAll("[^ -~]", "?");
    return printable.substring(0, Math.min(printable.length(), DETAIL_MAX));
  }

  /** Replies with a body that is compressed already; takes over the reference to {@code gzip}. */
  void gzipped(int status, CharSequence type, Page gzip) {
    if (!refused(status, gzip)) {
      exchange.varyByEncoding();
      exchange.putHeader(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.GZIP);
      reply(status, type, gzip);
    }
  }

  /** Replies with a body as it is; takes over the reference to it. */
  void plain(int status, CharSequence type, Page body) {
    if (Compression.pays(body.length())) {
      exchange.varyByEncoding();
    }
    if (!refused(status, body)) {
      reply(status, type, body);
    }
  }

  /** Refuses a long body that has to be copied, while too much waits already; returns whether it did. */
  private boolean refused(int status, Page body) {
    boolean isLong = !body.isShared() && body.length() >= LargeReplies.BYTES_MIN;
    boolean refuses = status == 200 && isLong && exchange.isBusy();
    if (refuses) {
      body.release();
      exchange.problem(Problem.busy());
    }
    return refuses;
  }

  private void reply(int status, CharSequence type, Page body) {
    if (exchange.begin(status)) {
      write(type, body);
    } else {
      body.release();
    }
  }

  private void write(CharSequence type, Page body) {
    HttpServerResponse http =
        exchange.request().response().putHeader(HttpHeaderNames.CONTENT_TYPE, type);
    if (exchange.method().equals(HttpMethod.HEAD)) {
      http.putHeader(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length()));
      body.release();
      response.end();
    } else {
      response.end(body, connections.largeReplies());
    }
  }
}

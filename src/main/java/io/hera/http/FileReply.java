package io.hera.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;

/**
 * Replies with files for browsers. Their headers replace those of other replies, which are data: not to be kept, and nothing that a
 * browser may run. They are the same for programs: a proxy may keep the file for browsers.
 *
 * @param cacheControl how long a file may be kept
 * @param contentPolicy what a page made of it may load and do
 */
public record FileReply(CharSequence cacheControl, CharSequence contentPolicy) {
  private static final CharSequence RESOURCE_POLICY =
      HttpHeaders.createOptimized("cross-origin-resource-policy");
  private static final CharSequence SAME_ORIGIN = HttpHeaders.createOptimized("same-origin");
  private static final CharSequence REFERRER_POLICY =
      HttpHeaders.createOptimized("referrer-policy");
  private static final CharSequence NO_REFERRER = HttpHeaders.createOptimized("no-referrer");

  /**
   * A file, in memory.
   *
   * @param gzip the same compressed, if that pays
   */
  public record Body(String type, Buffer plain, Optional<Buffer> gzip) {}

  /** Replies with a file, in the coding that the client takes. */
  public void send(Exchange exchange, Body body) {
    Optional<Buffer> gzip = exchange.acceptsGzip() ? body.gzip() : Optional.empty();
    body.gzip().ifPresent(any -> exchange.varyByEncoding());
    gzip.ifPresent(
        any -> exchange.putHeader(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.GZIP));
    exchange.putHeader(HttpHeaderNames.CONTENT_TYPE, body.type());
    if (exchange.begin(200)) {
      end(exchange, gzip.orElse(body.plain()));
    }
  }

  /** Replies with 304: the browser has the file with this tag. */
  public void notModified(Exchange exchange, String etag) {
    exchange.putHeader(HttpHeaderNames.ETAG, etag);
    if (exchange.begin(304)) {
      withHeaders(exchange).end();
    }
  }

  /** Replies with 303: another address has what the client wants. */
  public static void seeOther(Exchange exchange, String location) {
    exchange.putHeader(HttpHeaderNames.LOCATION, location);
    if (exchange.begin(303)) {
      exchange.end();
    }
  }

  private void end(Exchange exchange, Buffer bytes) {
    HttpServerResponse http = withHeaders(exchange)
        .putHeader(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(bytes.length()));
    if (exchange.method().equals(HttpMethod.HEAD)) {
      http.end();
    } else {
      http.end(bytes);
    }
  }

  private HttpServerResponse withHeaders(Exchange exchange) {
    return exchange
        .request()
        .response()
        .putHeader(HttpHeaderNames.CACHE_CONTROL, cacheControl)
        .putHeader(HttpHeaderNames.CONTENT_SECURITY_POLICY, contentPolicy)
        .putHeader(REFERRER_POLICY, NO_REFERRER)
        .putHeader(RESOURCE_POLICY, SAME_ORIGIN);
  }
}

package io.hera.gossip;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One request and the bytes of its answer. Used once, by {@link PeerClient}.
 *
 * <p>It stands on the plain HTTP client: WebClient lets go of a request when the head of its answer is there, and could not
 * cut off an answer that goes on for ever.
 */
final class Exchange {
  private final Vertx vertx;
  private final Clocks clocks;
  private final int bytesMax;
  private final Promise<Received> done = Promise.promise();
  private final Buffer body = Buffer.buffer();
  private @Nullable HttpClientRequest request;
  private long sentNanos;

  Exchange(Vertx vertx, Clocks clocks, int bytesMax) {
    this.vertx = vertx;
    this.clocks = clocks;
    this.bytesMax = bytesMax;
  }

  /**
   * An answer, whatever its status.
   *
   * @param wallMillis unix time here, in the middle of the round trip
   * @param roundTripMillis from the request, on a connection that stood, to the head
   */
  record Received(HttpClientResponse head, Buffer body, long wallMillis, long roundTripMillis) {

    /** A header's value in lower case without parameters, empty if there is none. */
    String header(CharSequence name) {
      String value = head.getHeader(name);
      return value == null ? "" : value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
  }

  /** Sends the request. Fails with {@link ExchangeFailed} alone, and then the connection is closed. */
  Future<Received> run(HttpClient client, RequestOptions options, long deadlineMillis) {
    long timer = vertx.setTimer(
        deadlineMillis,
        late -> fail(new ExchangeFailed("timed out after " + deadlineMillis + " ms")));
    client.request(options).onComplete(this::send, this::fail);
    return done.future().onComplete(ended -> vertx.cancelTimer(timer));
  }

  private void send(HttpClientRequest connected) {
    request = connected;
    if (done.future().isComplete()) {
      connected.reset();
      return;
    }
    sentNanos = clocks.monotonicNanos().getAsLong();
    connected.send().onComplete(this::read, this::fail);
  }

  private void read(HttpClientResponse head) {
    long roundTripMillis = (clocks.monotonicNanos().getAsLong() - sentNanos) / 1_000_000;
    long wallMillis = clocks.wall().millis() - roundTripMillis / 2;
    head.exceptionHandler(this::fail);
    head.handler(this::append);
    head.endHandler(end -> done.tryComplete(new Received(head, body, wallMillis, roundTripMillis)));
    if (declaredLength(head) > bytesMax) {
      refuse();
    }
  }

  private void append(Buffer chunk) {
    if (done.future().isComplete()) {
      return;
    }
    if (body.length() + chunk.length() > bytesMax) {
      refuse();
    } else {
      body.appendBuffer(chunk);
    }
  }

  private void refuse() {
    fail(new ExchangeFailed("answered more than " + bytesMax + " bytes"));
  }

  private void fail(Throwable cause) {
    if (done.tryFail(ExchangeFailed.of(cause)) && request != null) {
      request.reset();
    }
  }

  private static long declaredLength(HttpClientResponse head) {
    String length = head.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException unreadable) {
      return 0;
    }
  }
}

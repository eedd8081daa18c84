package io.hera.http;

import io.hera.store.page.Page;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;

/**
 * The response of one exchange: begun at most once, and written in one piece or in many. After the client has disconnected, all
 * methods are without effect. Owned by {@link Exchange}.
 */
final class Response {
  /** Shorter pieces are not worth counting. */
  private static final int COUNTED_MIN = 4 << 10;

  private final HttpServerResponse http;
  private final BytesInFlight inFlight;
  private boolean begun;
  private Optional<Promise<Void>> room = Optional.empty();

  Response(HttpServerResponse http, BytesInFlight inFlight) {
    this.http = http;
    this.inFlight = inFlight;
  }

  /** Returns whether it has ended or the client has disconnected. */
  boolean ended() {
    return http.ended() || http.closed();
  }

  /** Returns whether it may still begin. */
  boolean isOpen() {
    return !begun && !ended();
  }

  /** Has {@code action} run if the client disconnects before the response has ended. Replaces an earlier action. */
  void onDisconnect(Runnable action) {
    http.closeHandler(closed -> disconnected(action));
    http.exceptionHandler(failed -> disconnected(action));
  }

  /** Begins an open response; returns it, for its headers. */
  HttpServerResponse begin(int status) {
    begun = true;
    return http.setStatusCode(status);
  }

  /** Adds a header that a response which has not begun has not yet: setting it would search for it first. */
  void addHeader(CharSequence name, CharSequence value) {
    if (!begun) {
      http.headers().add(name, value);
    }
  }

  /** Sets a header of a response that has not begun. Vert.x's own methods would take a lock for each. */
  void header(CharSequence name, CharSequence value) {
    if (!begun) {
      http.headers().set(name, value);
    }
  }

  /** Writes a piece as it is, whether there is room for it or not. */
  void write(Buffer piece) {
    if (!ended()) {
      var unused = counted(piece.length(), http.write(piece));
    }
  }

  /** Returns whether as much is waiting to be sent as should. */
  boolean isFull() {
    return http.writeQueueFull();
  }

  /** Completes when there is room for more; fails if the client has disconnected. */
  Future<Void> room() {
    if (ended()) {
      return Future.failedFuture("the client has disconnected");
    }
    if (!isFull()) {
      return Future.succeededFuture();
    }
    Promise<Void> drained = Promise.promise();
    room = Optional.of(drained);
    http.drainHandler(drained::tryComplete);
    return drained.future();
  }

  void end() {
    if (!ended()) {
      http.end();
    }
  }

  /** Writes a whole body and ends; in pieces, as the client reads, if it is long. Takes over the reference to {@code page}. */
  void end(Page page, LargeReplies large) {
    if (page.length() < LargeReplies.BYTES_MIN) {
      Future<Void> written = piece(page, 0, page.length(), LargeReply.Part.LAST);
      if (page.isShared()) { // a listener costs a task of the event loop
        written.onComplete(sent -> page.release());
      }
    } else {
      http.putHeader(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(page.length()));
      large.write(new LargeReply(this, page, LargeReply.Part.LAST));
    }
  }

  /** Writes a part of the body as it is, in pieces, as the client reads; completes when all is in the socket. */
  Future<Void> sendAll(Buffer text, LargeReplies large) {
    LargeReply reply = new LargeReply(this, Page.of(text), LargeReply.Part.WITHIN);
    large.write(reply);
    return reply.done();
  }

  /** Writes the bytes of a page from {@code from} to before {@code to}. Completes when they are sent, or never will be. */
  Future<Void> piece(Page page, int from, int to, LargeReply.Part part) {
    boolean whole = from == 0 && to == page.length();
    Buffer bytes = whole ? page.bytes() : page.slice(from, to);
    Future<Void> written = part == LargeReply.Part.LAST ? http.end(bytes) : http.write(bytes);
    return page.isShared() ? written : counted(to - from, written);
  }

  private Future<Void> counted(int length, Future<Void> written) {
    if (length < COUNTED_MIN) {
      return written;
    }
    inFlight.written(length);
    return written.onComplete(sent -> inFlight.sent(length));
  }

  private void disconnected(Runnable action) {
    room.ifPresent(waiting -> waiting.tryFail("the client has disconnected"));
    action.run();
  }
}

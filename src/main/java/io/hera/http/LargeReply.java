package io.hera.http;

import io.hera.store.page.Page;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * A long body, or a long part of one, written piece by piece by {@link LargeReplies}: each piece when
 * the one before is in the socket. So a client that does not read keeps one piece waiting.
 */
final class LargeReply {
  /** What a socket sends as soon as it has room, beside the work of a turn: little, because thousands may have room at once. */
  private static final int PIECE_BYTES = 64 << 10;

  private final Response response;
  private final Page page;
  private final Part part;
  private final Promise<Void> done = Promise.promise();
  private int position;

  /** Whether the response ends with it. */
  enum Part {
    LAST,
    WITHIN
  }

  /** A part of a response whose head is complete; it takes over the reference to {@code page}. */
  LargeReply(Response response, Page page, Part part) {
    this.response = response;
    this.page = page;
    this.part = part;
  }

  /** Completes when all is in the socket; fails if the client has disconnected. */
  Future<Void> done() {
    return done.future();
  }

  /** Returns the length of the next piece; 0 if there is none. */
  int nextLength() {
    return Math.min(PIECE_BYTES, page.length() - position);
  }

  /** Writes the next piece; completes when it is in the socket. */
  Future<Void> writePiece() {
    int from = position;
    position += nextLength();
    boolean ends = part == Part.LAST && position == page.length();
    return response.ended()
        ? Future.failedFuture("the client has disconnected")
        : response.piece(page, from, position, ends ? Part.LAST : Part.WITHIN);
  }

  /** All is sent: nothing of it waits in the socket any more. */
  void sent() {
    page.release();
    done.complete();
  }

  /** The client has disconnected. */
  void failed(Throwable cause) {
    page.release();
    done.fail(cause);
  }
}

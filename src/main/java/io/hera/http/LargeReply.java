package io.hera.http;

import io.hera.store.page.Page;
import io.vertx.core.Future;

/**
 * The body of one reply, written piece by piece by {@link LargeReplies}: each piece when the one before
 * is in the socket. So a client that does not read keeps one piece waiting.
 */
final class LargeReply {
  /** The socket sends copies of these bytes. */
  private static final int COPIED_PIECE_BYTES = 64 << 10;

  /** The socket sends these bytes as they are. */
  private static final int SHARED_PIECE_BYTES = 256 << 10;

  private final Response response;
  private final Page page;
  private final int pieceBytes;
  private int position;

  /** A reply whose head is complete, and says how long its body is; it takes over the reference to {@code page}. */
  LargeReply(Response response, Page page) {
    this.response = response;
    this.page = page;
    this.pieceBytes = page.isShared() ? SHARED_PIECE_BYTES : COPIED_PIECE_BYTES;
  }

  /** Returns the length of the next piece; 0 if there is none. */
  int nextLength() {
    return Math.min(pieceBytes, page.length() - position);
  }

  /** Writes the next piece; completes when it is in the socket. The last one ends the reply. */
  Future<Void> writePiece() {
    int from = position;
    position += nextLength();
    return response.ended()
        ? Future.failedFuture("the client has disconnected")
        : response.piece(page, from, position);
  }

  /** All is sent, or the client has disconnected; then nothing of it waits in the socket any more. */
  void done() {
    page.release();
  }
}

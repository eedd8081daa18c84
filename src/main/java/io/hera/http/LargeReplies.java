package io.hera.http;

import io.hera.store.NextTurn;
import io.hera.store.Slices;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Writes the bodies of large replies, piece by piece, as fast as each client reads. One per HTTP
 * verticle, used on its context only.
 *
 * <p>A turn of the event loop writes so many bytes at most, of one reply after the other; so a client
 * that asks for little does not wait for a thousand that ask for much.
 */
final class LargeReplies {
  /** Shorter bodies are written at once. */
  static final int BYTES_MIN = 16 << 10;

  /** The kernel cuts the bytes into packets: that takes as long again as to copy them. */
  private static final long WORK_PER_BYTE = 2;

  /** Besides its bytes; less than a write by itself, since replies follow one another. */
  private static final long PIECE = Slices.WRITE / 4;

  private final Slices<LargeReply> pieces;

  /** Replies on the event loop whose later turns {@code nextTurn} uses, such as {@link NextTurn}. */
  LargeReplies(Executor nextTurn) {
    this.pieces = new Slices<>(nextTurn, this::writePiece);
  }

  /** Writes a reply, in this turn if there is room in it. */
  void write(LargeReply reply) {
    pieces.add(List.of(reply));
  }

  /** Writes the next piece; returns the work. */
  private long writePiece(LargeReply reply) {
    int length = reply.nextLength();
    reply.writePiece().onSuccess(sent -> goOn(reply)).onFailure(reply::failed);
    return PIECE + WORK_PER_BYTE * length;
  }

  private void goOn(LargeReply reply) {
    if (reply.nextLength() == 0) {
      reply.sent();
    } else {
      write(reply);
    }
  }
}

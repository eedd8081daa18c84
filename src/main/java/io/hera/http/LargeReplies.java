package io.hera.http;

import io.hera.store.NextTurn;
import java.util.ArrayDeque;
import java.util.Queue;
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

  private static final int TURN_BYTES = 2 << 20;

  private final Executor nextTurn;
  private final Queue<LargeReply> ready = new ArrayDeque<>();
  private int written;
  private boolean turnEnds;

  /** Replies on the event loop whose later turns {@code nextTurn} uses, such as {@link NextTurn}. */
  LargeReplies(Executor nextTurn) {
    this.nextTurn = nextTurn;
  }

  /** Writes a reply, in this turn if there is room in it. */
  void write(LargeReply reply) {
    ready.add(reply);
    work();
  }

  private void work() {
    while (written < TURN_BYTES && !ready.isEmpty()) {
      LargeReply next = ready.remove();
      written += next.nextLength();
      next.writePiece().onSuccess(sent -> goOn(next)).onFailure(next::failed);
    }
    if (!turnEnds) {
      turnEnds = true;
      nextTurn.execute(this::turn);
    }
  }

  private void goOn(LargeReply reply) {
    if (reply.nextLength() == 0) {
      reply.sent();
    } else {
      write(reply);
    }
  }

  private void turn() {
    turnEnds = false;
    written = 0;
    if (!ready.isEmpty()) {
      work();
    }
  }
}

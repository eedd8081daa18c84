package io.hera.store;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.ToLongFunction;

/**
 * Works off a queue in slices. A turn of the event loop does a bounded amount of work, in however many slices, so that other
 * requests are served in between. Used on one context only.
 *
 * <p>The unit of work is what it costs to copy one byte; {@link #WRITE} and {@link #LOOK} weigh other things against that.
 */
public final class Slices<T> {
  /**
   * Work of one turn, which the last item may exceed. A client that writes one request after the other is answered once per turn,
   * so turns of 2 ms let it write 500 a second while thousands of others are served; more of them per second cost little.
   */
  public static final long TURN = 1 << 20;

  /** What a write to a socket costs besides its bytes. */
  public static final long WRITE = 64 << 10;

  /** What it costs to look at one change or one reader. */
  public static final long LOOK = 512;

  private static final long ENTRY = 4 << 10;
  private static final long HASHED = 8;

  private final Executor nextTurn;
  private final ToLongFunction<T> worker;
  private final Queue<T> queue = new ArrayDeque<>();
  private long done;
  private boolean working;
  private boolean turnEnds;

  /**
   * A queue without items.
   *
   * @param nextTurn runs a task in a later turn of the event loop
   * @param worker works off one item, and returns how much work that was
   */
  public Slices(Executor nextTurn, ToLongFunction<T> worker) {
    this.nextTurn = nextTurn;
    this.worker = worker;
  }

  /** Returns what it costs to store an entry with a document of so many bytes: its content is hashed. */
  static long entry(int documentBytes) {
    return ENTRY + HASHED * documentBytes;
  }

  /** Queues more; works them off in this turn as far as its work is not done yet. */
  public void add(Collection<? extends T> more) {
    queue.addAll(more);
    work();
  }

  private void work() {
    if (working || queue.isEmpty()) {
      return;
    }
    working = true;
    try {
      while (done < TURN && !queue.isEmpty()) {
        done += worker.applyAsLong(queue.remove());
      }
    } finally {
      working = false;
      endTurn();
    }
  }

  private void endTurn() {
    if (!turnEnds) {
      turnEnds = true;
      nextTurn.execute(() -> {
        turnEnds = false;
        done = 0;
        work();
      });
    }
  }
}

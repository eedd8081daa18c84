package io.hera.http;

import io.hera.store.Slices;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Spreads reads over turns of the event loop. When thousands come at once, as at a change that all clients have waited for, the first
 * ones are served at once and the others in later turns, in their order. So writes of other clients wait for the heads of the reads
 * alone. One per HTTP verticle, used on its context only.
 *
 * @param <R> a read
 */
final class ReadTurns<R> {
  /** Reads that are served as they come, in one turn; few enough that their end need not be awaited by a turn of its own. */
  static final int AT_ONCE_MAX = 100;

  /** Reads after which the end of the turn is awaited; the tasks that do so cost each of many single reads nothing. */
  static final int AWAITED = AT_ONCE_MAX / 2;

  /** What a read costs, besides the bytes of its reply: a turn serves so many of those that wait. */
  static final long READ = Slices.TURN / AT_ONCE_MAX;

  private final Executor afterInput;
  private final Consumer<R> server;
  private final Slices<R> later;
  /** Reads since the last turn whose end was awaited. */
  private int served;

  private int waiting;

  /**
   * Serves reads by {@code server}.
   *
   * @param afterInput runs a task when the turn has dealt with what arrived on connections
   * @param nextTurn runs a task in a later turn
   */
  ReadTurns(Executor afterInput, Executor nextTurn, Consumer<R> server) {
    this.afterInput = afterInput;
    this.server = server;
    this.later = new Slices<>(nextTurn, this::serveLater);
  }

  /** Serves a read, at once if few have come in this turn and none waits. */
  void serve(R read) {
    served++;
    if (served == AWAITED) {
      afterInput.execute(() -> served = 0);
    }
    if (waiting == 0 && served <= AT_ONCE_MAX) {
      server.accept(read);
    } else {
      waiting++;
      later.add(List.of(read));
    }
  }

  private long serveLater(R read) {
    waiting--;
    server.accept(read);
    return READ;
  }
}

package io.hera.client;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the close of a client ends: the futures that it has handed out and not completed, and the
 * subscriptions. After the close, its threads run nothing, so a future that is left would never complete.
 * Thread-safe.
 */
final class Ending {
  private final Worker events;
  private final Set<Runnable> open = ConcurrentHashMap.newKeySet();
  private volatile boolean over;

  Ending(Worker events) {
    this.events = events;
  }

  /** Returns a future that fails when the client is closed; one that has failed, if it is closed. */
  <T> CompletableFuture<T> future() {
    CompletableFuture<T> made = new CompletableFuture<>();
    Runnable end = () -> made.completeExceptionally(closed());
    After.of(made, (value, failure) -> remove(end));
    add(end);
    return made;
  }

  private static HeraException closed() {
    return new HeraException(HeraProblem.unanswered("the client is closed"));
  }

  /** Runs this when the client is closed, at once if it is; it may run twice. */
  void add(Runnable end) {
    open.add(end);
    if (over) {
      end.run();
    }
  }

  void remove(Runnable end) {
    open.remove(end);
  }

  /** The client is closed. */
  void end() {
    over = true;
    open.forEach(events::execute);
  }

  boolean isOver() {
    return over;
  }

  Worker events() {
    return events;
  }
}

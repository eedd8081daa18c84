package io.hera.http;

import io.vertx.core.Context;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Goes through many, some in each turn of the event loop, so that whoever wants something else is not held up. Used on its
 * context only.
 */
final class Slices<T> {
  private static final int SLICE = 256;

  private final Context context;
  private final Consumer<T> worker;
  private final Queue<T> left = new ArrayDeque<>();

  Slices(Context context, Consumer<T> worker) {
    this.context = context;
    this.worker = worker;
  }

  /** The first go in this turn. */
  void add(Collection<T> more) {
    boolean idle = left.isEmpty();
    left.addAll(more);
    if (idle) {
      turn();
    }
  }

  private void turn() {
    for (int i = 0; i < SLICE && !left.isEmpty(); i++) {
      worker.accept(left.remove());
    }
    if (!left.isEmpty()) {
      context.runOnContext(next -> turn());
    }
  }
}

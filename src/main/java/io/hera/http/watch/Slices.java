package io.hera.http.watch;

import io.vertx.core.Context;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;
import java.util.function.Consumer;

/** Works off a queue in slices of 256 per turn of the event loop, so that other requests are served in between. Used on its context only. */
final class Slices<T> {
  private static final int SLICE = 256;

  private final Context context;
  private final Consumer<T> worker;
  private final Queue<T> queue = new ArrayDeque<>();

  Slices(Context context, Consumer<T> worker) {
    this.context = context;
    this.worker = worker;
  }

  /** Queues more; the first slice is worked off in this turn if the queue was empty. */
  void add(Collection<T> more) {
    boolean idle = queue.isEmpty();
    queue.addAll(more);
    if (idle) {
      turn();
    }
  }

  private void turn() {
    for (int i = 0; i < SLICE && !queue.isEmpty(); i++) {
      worker.accept(queue.remove());
    }
    if (!queue.isEmpty()) {
      context.runOnContext(next -> turn());
    }
  }
}

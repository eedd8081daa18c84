package io.hera.store;

import io.hera.registry.Outcome;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends the writes of one event loop to the store in batches: one message is under way at a time, and writes that come meanwhile go
 * with the next one. One per event loop, used on its context only.
 *
 * <p>The cost of a message to another thread is mostly to wake that up. Under little load a write goes in its own turn of the event
 * loop, with those that were read in the same turn. Under more load more writes share a message, and none waits longer than the
 * message before it takes.
 */
public final class WriteBatcher {
  private final Store store;
  private final Context context;
  private List<Write> writes = new ArrayList<>();
  private List<Promise<Outcome>> outcomes = new ArrayList<>();
  private boolean underWay;

  /** The writes of {@code context}'s event loop. */
  public WriteBatcher(Store store, Context context) {
    this.store = store;
    this.context = context;
  }

  /** Does the write; the future fails only when the store is gone or has a defect. */
  public Future<Outcome> send(Write write) {
    Promise<Outcome> outcome = Promise.promise();
    writes.add(write);
    outcomes.add(outcome);
    if (!underWay) {
      underWay = true;
      context.runOnContext(read -> flush());
    }
    return outcome.future();
  }

  private void flush() {
    List<Promise<Outcome>> waiting = outcomes;
    store
        .write(writes)
        .onComplete(
            ended -> {
              next();
              for (int i = 0; i < waiting.size(); i++) {
                waiting.get(i).complete(ended.get(i));
              }
            },
            failure -> {
              next();
              waiting.forEach(outcome -> outcome.fail(failure));
            });
    writes = new ArrayList<>();
    outcomes = new ArrayList<>();
  }

  private void next() {
    underWay = !writes.isEmpty();
    if (underWay) {
      flush();
    }
  }
}

package io.hera.store;

import io.hera.registry.Outcome;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends the writes of one turn of an event loop to the store in one message. One an event loop, used on its context only.
 *
 * <p>What a message to another thread costs is mostly to wake it up. An event loop first reads all connections that have
 * something, then runs its tasks; so the writes that came in together go together, and none waits for another turn.
 */
public final class Writes {
  private final Store store;
  private final Context context;
  private List<Store.Write> writes = new ArrayList<>();
  private List<Promise<Outcome>> outcomes = new ArrayList<>();

  /** The writes of {@code context}'s event loop. */
  public Writes(Store store, Context context) {
    this.store = store;
    this.context = context;
  }

  /** How it ended; fails only when the store is gone or has a defect. */
  public Future<Outcome> send(Store.Write write) {
    if (writes.isEmpty()) {
      context.runOnContext(read -> flush());
    }
    Promise<Outcome> outcome = Promise.promise();
    writes.add(write);
    outcomes.add(outcome);
    return outcome.future();
  }

  private void flush() {
    List<Promise<Outcome>> waiting = outcomes;
    store
        .write
        .ask(writes)
        .onSuccess(ended -> {
          for (int i = 0; i < waiting.size(); i++) {
            waiting.get(i).complete(ended.get(i));
          }
        })
        .onFailure(failure -> waiting.forEach(outcome -> outcome.fail(failure)));
    writes = new ArrayList<>();
    outcomes = new ArrayList<>();
  }
}

package io.hera.store;

import io.hera.registry.Outcome;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends the writes of one event loop to the store, those together that come together: one message is under way at a time, and
 * what comes meanwhile goes with the next one. One an event loop, used on its context only.
 *
 * <p>What a message to another thread costs is mostly to wake it up. When little happens a write goes in the turn in which it
 * came, with those that were read in the same turn; the more there is to do the more go together, and none waits for longer
 * than the message before it takes.
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

  /** How it ended; fails only when the store is gone or has a defect. */
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

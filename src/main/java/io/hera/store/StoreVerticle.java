package io.hera.store;

import io.hera.registry.ContentHash;
import io.hera.registry.Registry;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Owns the state of a node: binds {@link StoreTurns} to the event bus, and lets time pass for it. A request in flight of a verticle above
 * still finds it.
 */
public final class StoreVerticle extends ParentVerticle {
  private final BusStore store;
  private final StoreTurns turns;
  /** Whether slices of a purge follow each other. */
  private boolean purging;

  /**
   * The state of one node.
   *
   * @param hash tells what the content of an instance is
   * @param wall unix time
   * @param bootNanos never goes back, and goes on while the machine is suspended ({@link BootTime})
   */
  public StoreVerticle(
      BusStore store,
      ReadSide readSide,
      OwnHandshake self,
      StoreSettings settings,
      ContentHash hash,
      InstantSource wall,
      LongSupplier bootNanos) {
    this.store = store;
    this.turns = new StoreTurns(
        store,
        readSide,
        self,
        settings,
        hash,
        wall,
        bootNanos,
        this::later,
        this::work,
        this::nextTurn);
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(Registry.PURGE_INTERVAL_MILLIS, timer -> purge());
    return store.bind(turns);
  }

  /** Purges a slice. The next one follows at once, but after the connections of the event loop. */
  private void purge() {
    if (!purging) {
      purgeSlice(new NextTurn(context));
    }
  }

  private void purgeSlice(NextTurn next) {
    purging = false;
    purging = turns.purge();
    if (purging) {
      next.execute(() -> purgeSlice(next));
    }
  }

  private void nextTurn(Runnable slice) {
    new NextTurn(context).execute(slice);
  }

  private <T> Future<T> work(Supplier<T> work) {
    return vertx.executeBlocking(work::get, false);
  }

  private void later(long delayMillis, Runnable due) {
    vertx.setTimer(delayMillis, timer -> due.run());
  }
}

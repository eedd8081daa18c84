package io.hera.store;

import io.vertx.core.Vertx;

/**
 * Publishes {@link Store#written}: the first write at once, those that follow together. A timer runs only after a write. Owned
 * by {@link StoreVerticle}.
 */
final class Written {
  private static final long GATHER_MILLIS = 10;

  private final Vertx vertx;
  private final Fact<Store.Done> fact;
  private boolean gathering;
  private boolean unsaid;

  Written(Vertx vertx, Fact<Store.Done> fact) {
    this.vertx = vertx;
    this.fact = fact;
  }

  /** There is a new own write. */
  void wrote() {
    if (gathering) {
      unsaid = true;
      return;
    }
    unsaid = false;
    gathering = true;
    fact.publish(Store.Done.DONE);
    vertx.setTimer(GATHER_MILLIS, due -> gathered());
  }

  private void gathered() {
    gathering = false;
    if (unsaid) {
      wrote();
    }
  }
}

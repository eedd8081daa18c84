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
  private long told;
  private boolean gathering;
  private boolean unsaid;

  Written(Vertx vertx, Fact<Store.Done> fact) {
    this.vertx = vertx;
    this.fact = fact;
  }

  /** The newest version of the own origin; while it stays the same, whoever asks gets no more than before. */
  void upTo(long version) {
    if (version != told) {
      told = version;
      wrote();
    }
  }

  /** There is something to be had that was not there before. */
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

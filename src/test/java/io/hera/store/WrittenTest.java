package io.hera.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How writes are told. */
@Timeout(60)
class WrittenTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  @Test
  void theFirstWriteIsToldAtOnceAndThoseThatFollowTogether() {
    Store store = new Store(vertx, "life");
    AtomicInteger told = new AtomicInteger();
    Context loop = vertx.getOrCreateContext();
    store.written.read(fact -> told.incrementAndGet()).completion().await();
    Written written = new Written(vertx, store.written);
    loop.runOnContext(turn -> {
      for (int i = 0; i < 5; i++) {
        written.wrote();
      }
    });
    await(told, 2);
    loop.runOnContext(turn -> written.wrote());
    await(told, 3);
    assertThat(told).hasValue(3);
  }

  private static void await(AtomicInteger told, int times) {
    while (told.get() < times) {
      Thread.onSpinWait();
    }
  }
}

package io.hera.disk;

import io.hera.disk.file.SnapshotLoader;
import io.hera.registry.Delta;
import io.hera.store.SavedPage;
import io.hera.store.Store;
import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Gives the pages of a snapshot to the store, which takes one while the next one is read. Used on a worker: it blocks. */
final class StoreFeed implements SnapshotLoader.Taker {
  private static final long PAGE_SECONDS_MAX = 120;

  private final Store store;
  private Future<Void> last = Future.succeededFuture();

  StoreFeed(Store store) {
    this.store = store;
  }

  @Override
  public void take(Delta page, long livenessMillis) {
    awaitTaken();
    last = store.restore(new SavedPage(page, livenessMillis));
  }

  @Override
  public void awaitTaken() {
    try {
      last.toCompletionStage().toCompletableFuture().get(PAGE_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException defect) {
      throw new IllegalStateException(defect);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopping);
    }
  }
}

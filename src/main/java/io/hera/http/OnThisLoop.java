package io.hera.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** A result that readers on several event loops wait for. */
public final class OnThisLoop {
  private OnThisLoop() {}

  /** Returns a future of the same result that calls back on the caller's event loop; {@code shared} calls back where it was made. */
  public static <T> Future<T> of(Vertx vertx, Future<T> shared) {
    if (shared.succeeded()) {
      return Future.succeededFuture(shared.result());
    }
    Context loop = vertx.getOrCreateContext();
    return Future.future(
        promise -> shared.onComplete(ended -> loop.runOnContext(turn -> promise.handle(ended))));
  }
}

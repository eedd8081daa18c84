package io.hera.client.vertx;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Finds a context that no work blocks, for the state of services. A context of a worker runs one piece of
 * work after the other: while one waits for something, all callers of its services would wait, too. So
 * the services of a worker belong to a verticle of their own, which ends with that of the worker.
 */
final class EventLoop {
  private static final int PATIENCE_SECONDS = 5;

  private EventLoop() {}

  /** Returns the present context, or that of a new verticle below its one if it is a worker's. */
  static Context of(Vertx vertx) {
    Context present = vertx.getOrCreateContext();
    return present.isEventLoopContext() ? present : deployed(vertx, present);
  }

  /** Waits for the verticle: a worker may. One that is about to be undeployed gets none. */
  private static Context deployed(Vertx vertx, Context worker) {
    CompletableFuture<Context> begun = new CompletableFuture<>();
    vertx.deployVerticle(new Home(begun)).onFailure(begun::completeExceptionally);
    try {
      return begun.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return worker;
    } catch (ExecutionException | TimeoutException undeployed) {
      return worker;
    }
  }

  /** Does nothing: it is there for its context. */
  private static final class Home extends VerticleBase {
    private final CompletableFuture<Context> begun;

    Home(CompletableFuture<Context> begun) {
      this.begun = begun;
    }

    @Override
    public Future<?> start() {
      begun.complete(context);
      return Future.succeededFuture();
    }
  }
}

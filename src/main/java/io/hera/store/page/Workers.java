package io.hera.store.page;

import io.vertx.core.Future;
import java.util.function.Supplier;

/** Threads for work that would hold up an event loop. */
@FunctionalInterface
public interface Workers {
  /** Does the work on another thread; completes on the caller's context. */
  <T> Future<T> run(Supplier<T> work);
}

package io.hera.http.ops;

import io.vertx.core.Future;
import java.util.Optional;

/** Saves the drains to disk. Any thread may use it. */
@FunctionalInterface
public interface DrainSaver {
  /** Saves nothing: the node keeps nothing on disk. */
  DrainSaver NONE = () -> Future.succeededFuture(Optional.empty());

  /** Returns why they are not saved; empty if they are, or are not to be. The future never fails. */
  Future<Optional<String>> save();
}

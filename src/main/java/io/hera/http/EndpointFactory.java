package io.hera.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.List;

/** Makes the endpoints of one HTTP verticle: each event loop has its own. */
@FunctionalInterface
public interface EndpointFactory {
  /** Makes the endpoints on {@code context}; completes when all have subscribed to what they need. */
  Future<List<Endpoint>> make(Context context);
}

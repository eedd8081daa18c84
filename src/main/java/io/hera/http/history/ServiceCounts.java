package io.hera.http.history;

import io.hera.registry.View;
import io.hera.store.Store;
import io.hera.store.history.EventJson;
import io.hera.store.history.EventQuery;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** How many instances each service has, as streams of events begin. One per HTTP verticle. */
final class ServiceCounts {
  private static final int INLINE_MAX = 1_000;

  private final Vertx vertx;
  private final Store store;

  ServiceCounts(Vertx vertx, Store store) {
    this.vertx = vertx;
    this.store = store;
  }

  /** Returns the services of which a reader wants events. */
  Future<Buffer> of(EventQuery query) {
    return store
        .services(View.Extent.SHOWN)
        .compose(services -> services.size() <= INLINE_MAX
            ? Future.succeededFuture(json(services, query))
            : vertx.executeBlocking(() -> json(services, query), false));
  }

  private static Buffer json(SortedMap<String, Integer> services, EventQuery query) {
    List<Map.Entry<String, Integer>> wanted = services.entrySet().stream()
        .filter(service -> isWanted(service.getKey(), query))
        .toList();
    return Buffer.buffer(EventJson.counts(wanted));
  }

  private static boolean isWanted(String service, EventQuery query) {
    return query.service().map(service::equals).orElse(true) && query.services().test(service);
  }
}

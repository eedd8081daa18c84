package io.hera.http.api;

import io.hera.http.Exchange;
import io.hera.json.JsonWriter;
import io.hera.registry.View;
import io.hera.store.Store;
import io.hera.store.page.Workers;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Predicate;

/**
 * Replies with all services and the number of their instances, those that drains hide among them (P18), as {@code GET /} does with those
 * that are shown. One per HTTP verticle.
 */
final class RegisteredCounts {
  /** Services that the event loop writes, in less than a millisecond. */
  private static final int AT_ONCE_MAX = 1_000;

  private final Store store;
  private final Workers workers;

  /** Writes many counts by {@code workers}. */
  RegisteredCounts(Store store, Workers workers) {
    this.store = store;
    this.workers = workers;
  }

  /** Replies with those that the client may read. */
  void reply(Exchange exchange) {
    Predicate<String> readable = exchange.readable();
    store
        .services(View.Extent.ALL)
        .compose(counts -> counts.size() <= AT_ONCE_MAX
            ? Future.succeededFuture(json(counts, readable))
            : workers.run(() -> json(counts, readable)))
        .onSuccess(exchange::json)
        .onFailure(exchange::fail);
  }

  private static Buffer json(SortedMap<String, Integer> counts, Predicate<String> readable) {
    JsonWriter out = new JsonWriter(1_024).raw('{');
    String separator = "";
    for (Map.Entry<String, Integer> count : counts.entrySet()) {
      if (readable.test(count.getKey())) {
        out.ascii(separator).string(count.getKey());
        out.ascii(":{\"instances\":").number(count.getValue()).raw('}');
        separator = ",";
      }
    }
    return Buffer.buffer(out.raw('}').toBytes());
  }
}

package io.hera.http.ops;

import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.Parameters;
import io.hera.http.Right;
import io.hera.http.Route;
import io.hera.store.Store;
import io.hera.store.StoreStatus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

/** {@code GET /_metrics}: everything that is counted, for Prometheus. */
public final class MetricsEndpoint implements Endpoint {
  private final Vertx vertx;
  private final Store store;
  private final StatusReport report;
  private final Metrics metrics;

  public MetricsEndpoint(Vertx vertx, Store store, StatusReport report, Metrics metrics) {
    this.vertx = vertx;
    this.store = store;
    this.report = report;
    this.metrics = metrics;
  }

  @Override
  public Route route() {
    return Route.read("/_metrics", Parameters.NONE, Right.METRICS);
  }

  @Override
  public void handle(Exchange exchange) {
    store
        .status()
        .compose(this::scrape)
        .onSuccess(text -> exchange.body(Metrics.CONTENT_TYPE, text))
        .onFailure(exchange::fail);
  }

  private Future<Buffer> scrape(StoreStatus status) {
    return report
        .of(status)
        .compose(node -> vertx.executeBlocking(
            () -> Buffer.buffer(metrics.scrape(node, status.propagation())), false));
  }
}

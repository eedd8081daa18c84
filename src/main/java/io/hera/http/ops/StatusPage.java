package io.hera.http.ops;

import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.Parameters;
import io.hera.http.Right;
import io.hera.http.Route;
import io.hera.store.Store;
import io.vertx.core.buffer.Buffer;

/** {@code GET /_status}: the state of the node and of its exchanges with its peers, for a person with curl. */
public final class StatusPage implements Endpoint {
  private final Store store;
  private final StatusReport report;

  public StatusPage(Store store, StatusReport report) {
    this.store = store;
    this.report = report;
  }

  @Override
  public Route route() {
    return Route.read("/_status", Parameters.NONE, Right.STATE);
  }

  @Override
  public void handle(Exchange exchange) {
    store
        .status()
        .compose(report::of)
        .onSuccess(status -> exchange.json(Buffer.buffer(status.toJson())))
        .onFailure(exchange::fail);
  }
}

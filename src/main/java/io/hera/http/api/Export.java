package io.hera.http.api;

import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.Parameters;
import io.hera.http.Right;
import io.hera.http.Route;
import io.hera.http.ServiceWalk;
import io.hera.store.NumberedListing;
import io.hera.store.Store;
import io.vertx.core.buffer.Buffer;

/** {@code GET /_export}: every service, in one of the two shapes that {@code POST /_batch} takes. One per HTTP verticle. */
public final class Export implements Endpoint {
  private final Store store;
  private final ServiceWalk walk;
  private final LineExport lines;

  public Export(Store store) {
    this.store = store;
    this.walk = new ServiceWalk(store);
    this.lines = new LineExport(store);
  }

  @Override
  public Route route() {
    return Route.read("/_export", Parameters.NONE, Right.NONE);
  }

  @Override
  public void handle(Exchange exchange) {
    exchange.variesByAccept();
    if (exchange.prefersToJson(Ndjson.TYPE)) {
      lines.reply(exchange);
      return;
    }
    ServiceWalk.Form<NumberedListing> form = new ServiceWalk.Form<>(
        Buffer.buffer("{"), store::snapshotUncached, ServiceWalk::member, Buffer.buffer("}"));
    walk.reply(exchange, form, walk.services());
  }
}

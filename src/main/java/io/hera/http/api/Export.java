package io.hera.http.api;

import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.Parameters;
import io.hera.http.Right;
import io.hera.http.ServiceWalk;
import io.hera.store.NumberedListing;
import io.hera.store.Store;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.List;

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
  public String path() {
    return "/_export";
  }

  @Override
  public List<HttpMethod> methods() {
    return READ;
  }

  @Override
  public Parameters parameters(HttpMethod method) {
    return Parameters.NONE;
  }

  @Override
  public Right right(HttpMethod method) {
    return Right.NONE;
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

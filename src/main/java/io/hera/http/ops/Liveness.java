package io.hera.http.ops;

import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.Parameters;
import io.hera.http.Right;
import io.hera.http.Route;
import io.vertx.core.buffer.Buffer;

/** {@code GET /_health/live}: whether the process answers at all. */
public final class Liveness implements Endpoint {
  @Override
  public Route route() {
    return Route.read("/_health/live", Parameters.NONE, Right.NONE);
  }

  @Override
  public void handle(Exchange exchange) {
    exchange.json(Buffer.buffer("{\"status\":\"up\"}"));
  }
}

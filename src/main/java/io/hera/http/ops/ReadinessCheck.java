package io.hera.http.ops;

import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.NodeDrain;
import io.hera.http.Parameters;
import io.hera.http.Right;
import io.hera.http.Route;
import io.hera.store.Readiness;
import io.vertx.core.json.JsonObject;

/** {@code GET /_health/ready}: whether clients are to use this node; 503 with the checks that are down if not. */
public final class ReadinessCheck implements Endpoint {
  private final Readiness readiness;
  private final NodeDrain drain;

  public ReadinessCheck(Readiness readiness, NodeDrain drain) {
    this.readiness = readiness;
    this.drain = drain;
  }

  @Override
  public Route route() {
    return Route.read("/_health/ready", Parameters.NONE, Right.NONE);
  }

  @Override
  public void handle(Exchange exchange) {
    JsonObject checks = new JsonObject()
        .put("recovered", upOrDown(readiness.recovered()))
        .put("synchronised", upOrDown(readiness.synchronised()));
    if (readiness.stopping()) {
      checks.put("stopping", "down");
    }
    boolean drained = drain.present().isPresent();
    if (drained) {
      checks.put("draining", "down");
    }
    boolean ready = readiness.ready() && !drained;
    JsonObject json = new JsonObject().put("status", upOrDown(ready)).put("checks", checks);
    exchange.json(ready ? 200 : 503, json.toBuffer());
  }

  private static String upOrDown(boolean up) {
    return up ? "up" : "down";
  }
}

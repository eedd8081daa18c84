package io.hera.http.api;

import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.Parameters;
import io.hera.http.Query;
import io.hera.http.Right;
import io.hera.http.Route;
import io.hera.wire.ProblemException;

/** {@code POST /_heartbeat} with service → ids: renews them, and replies with those that are not known. */
public final class Heartbeat implements Endpoint {
  private final Batches batches;

  public Heartbeat(Batches batches) {
    this.batches = batches;
  }

  @Override
  public Route route() {
    return Route.post("/_heartbeat", Parameters.of(Query.TTL), Right.WRITE_SOME);
  }

  @Override
  public void handle(Exchange exchange) throws ProblemException {
    batches.renew(exchange).onSuccess(exchange::json).onFailure(exchange::fail);
  }
}

package io.hera.http.api;

import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.Parameters;
import io.hera.http.Query;
import io.hera.http.Right;
import io.hera.http.Route;
import io.hera.wire.ProblemException;

/**
 * {@code POST /_batch} with service → id → document, or with one registration a line: registers them, and replies with a problem for
 * each that was refused.
 */
public final class Batch implements Endpoint {
  private final Batches batches;

  public Batch(Batches batches) {
    this.batches = batches;
  }

  @Override
  public Route route() {
    return Route.post("/_batch", Parameters.of(Query.TTL), Right.WRITE_SOME);
  }

  @Override
  public void handle(Exchange exchange) throws ProblemException {
    if (Ndjson.isSent(exchange)) {
      Scope scope = new Scope(exchange);
      batches
          .registerLines(exchange, scope)
          .onSuccess(
              failures -> exchange.json(BatchReply.errors(failures.kept(), failures.more(), scope)))
          .onFailure(exchange::fail);
      return;
    }
    batches.register(exchange).onSuccess(exchange::json).onFailure(exchange::fail);
  }
}

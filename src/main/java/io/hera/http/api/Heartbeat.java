package io.hera.http.api;

import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.Parameters;
import io.hera.http.Query;
import io.hera.http.Right;
import io.hera.wire.ProblemException;
import io.vertx.core.http.HttpMethod;
import java.util.List;

/** {@code POST /_heartbeat} with service → ids: renews them, and replies with those that are not known. */
public final class Heartbeat implements Endpoint {
  private final Batches batches;

  public Heartbeat(Batches batches) {
    this.batches = batches;
  }

  @Override
  public String path() {
    return "/_heartbeat";
  }

  @Override
  public List<HttpMethod> methods() {
    return List.of(HttpMethod.POST);
  }

  @Override
  public Parameters parameters(HttpMethod method) {
    return Parameters.of(Query.TTL);
  }

  @Override
  public Right right(HttpMethod method) {
    return Right.NONE;
  }

  @Override
  public void handle(Exchange exchange) throws ProblemException {
    batches
        .renew(exchange)
        .onSuccess(failed -> exchange.json(BatchReply.unknown(failed)))
        .onFailure(exchange::fail);
  }
}

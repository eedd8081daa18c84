package io.hera.http.api;

import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.Parameters;
import io.hera.http.Query;
import io.hera.http.Right;
import io.hera.http.Target;
import io.hera.wire.ProblemException;
import io.vertx.core.http.HttpMethod;
import java.util.List;

/** {@code /<service>}: the instances of a service. One per HTTP verticle. */
public final class ServiceInstances implements Endpoint {
  private final Lookups lookups;

  public ServiceInstances(Lookups lookups) {
    this.lookups = lookups;
  }

  @Override
  public String path() {
    return ONE_SERVICE;
  }

  @Override
  public List<HttpMethod> methods() {
    return READ;
  }

  @Override
  public Parameters parameters(HttpMethod method) {
    return Parameters.of(Query.PRETTY, Query.WAIT, Query.MATCH);
  }

  @Override
  public Right right(HttpMethod method) {
    return Right.NONE;
  }

  @Override
  public void handle(Exchange exchange) throws ProblemException {
    lookups.service(exchange, ((Target.OneService) exchange.target()).service());
  }
}

package io.hera.http.api;

import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.Parameters;
import io.hera.http.Query;
import io.hera.http.Right;
import io.hera.http.Route;
import io.hera.http.Target;
import io.hera.wire.ProblemException;

/** {@code /<service>}: the instances of a service. One per HTTP verticle. */
public final class ServiceInstances implements Endpoint {
  private final Lookups lookups;

  public ServiceInstances(Lookups lookups) {
    this.lookups = lookups;
  }

  @Override
  public Route route() {
    return Route.read(
        ONE_SERVICE,
        Parameters.of(
            Query.PRETTY, Query.WAIT, Query.QUIET, Query.MATCH, Query.NEAR, Query.NEAR_MIN),
        Right.READ);
  }

  @Override
  public void handle(Exchange exchange) throws ProblemException {
    lookups.service(exchange, ((Target.OneService) exchange.target()).service());
  }
}

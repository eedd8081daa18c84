package io.hera.http.api;

import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.Parameters;
import io.hera.http.Query;
import io.hera.http.Right;
import io.hera.http.Route;
import io.hera.wire.ProblemException;

/** {@code /}: the list of all services. One per HTTP verticle. */
public final class ServiceList implements Endpoint {
  private final Lookups lookups;

  public ServiceList(Lookups lookups) {
    this.lookups = lookups;
  }

  @Override
  public Route route() {
    return Route.read(
        ALL_SERVICES, Parameters.of(Query.PRETTY, Query.WAIT, Query.QUIET), Right.READ_SOME);
  }

  @Override
  public void handle(Exchange exchange) throws ProblemException {
    lookups.services(exchange);
  }
}

package io.hera.http.api;

import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.Parameters;
import io.hera.http.Query;
import io.hera.http.Right;
import io.hera.wire.ProblemException;
import io.vertx.core.http.HttpMethod;
import java.util.List;

/** {@code /}: the list of all services. One per HTTP verticle. */
public final class ServiceList implements Endpoint {
  private final Lookups lookups;

  public ServiceList(Lookups lookups) {
    this.lookups = lookups;
  }

  @Override
  public String path() {
    return ALL_SERVICES;
  }

  @Override
  public List<HttpMethod> methods() {
    return READ;
  }

  @Override
  public Parameters parameters(HttpMethod method) {
    return Parameters.of(Query.PRETTY, Query.WAIT);
  }

  @Override
  public Right right(HttpMethod method) {
    return Right.NONE;
  }

  @Override
  public void handle(Exchange exchange) throws ProblemException {
    lookups.services(exchange);
  }
}

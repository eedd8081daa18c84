package io.hera.http;

import io.hera.store.page.Subject;
import io.hera.wire.ProblemException;
import io.vertx.core.http.HttpMethod;
import java.util.List;

/** {@code /}: the list of all services. One per HTTP verticle. */
public final class Services implements Endpoint {
  private final Lookups lookups;

  public Services(Lookups lookups) {
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
  public Right right(HttpMethod method) {
    return Right.NONE;
  }

  @Override
  public void handle(Exchange exchange) throws ProblemException {
    lookups.listing(exchange, Subject.ALL);
  }
}

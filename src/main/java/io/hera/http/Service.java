package io.hera.http;

import io.hera.store.page.Subject;
import io.hera.wire.ProblemException;
import io.vertx.core.http.HttpMethod;
import java.util.List;

/** {@code /<service>}: the instances of a service. One per HTTP verticle. */
public final class Service implements Endpoint {
  private final Lookups lookups;

  public Service(Lookups lookups) {
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
  public Right right(HttpMethod method) {
    return Right.NONE;
  }

  @Override
  public void handle(Exchange exchange) throws ProblemException {
    lookups.listing(exchange, Subject.of(((Target.OneService) exchange.target()).service()));
  }
}

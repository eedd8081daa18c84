package io.hera.http;

import io.hera.wire.ProblemException;

/**
 * Serves the requests for one path. One per HTTP verticle, used on its context only.
 *
 * <p>A new endpoint is one class that implements this and one line where the node lists its
 * endpoints. Its {@link Route} states which right each method needs: no method goes without.
 */
public interface Endpoint {
  /** Path of the list of all services. */
  String ALL_SERVICES = "/";

  /** Path of a service. */
  String ONE_SERVICE = "/{service}";

  /** Path of an instance. */
  String ONE_INSTANCE = "/{service}/{id}";

  /** Path of the page for browsers and of its files, which a node need not have. */
  String PAGE = "/_ui/{file}";

  /** Path of what clients of Eureka ask for, which a node need not have. */
  String EUREKA = "/_eureka/{path}";

  /**
   * Returns the requests that {@link #handle} serves, always the same. OPTIONS and all other methods
   * are answered for the endpoint.
   */
  Route route();

  /**
   * Serves one request: replies now or later.
   *
   * @throws ProblemException if the request cannot be served; it is the reply
   */
  void handle(Exchange exchange) throws ProblemException;
}

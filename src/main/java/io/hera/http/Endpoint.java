package io.hera.http;

import io.hera.wire.ProblemException;
import io.vertx.core.http.HttpMethod;
import java.util.List;

/**
 * Serves the requests for one path. One per HTTP verticle, used on its context only.
 *
 * <p>A new endpoint is one class that implements this and one line where the node lists its endpoints. None of the methods has a
 * default: an endpoint that does not say which right it needs does not compile.
 */
public interface Endpoint {
  /** Path of the list of all services. */
  String ALL_SERVICES = "/";

  /** Path of a service. */
  String ONE_SERVICE = "/{service}";

  /** Path of an instance. */
  String ONE_INSTANCE = "/{service}/{id}";

  /** The methods of an endpoint that is only read. */
  List<HttpMethod> READ = List.of(HttpMethod.GET, HttpMethod.HEAD);

  /** Returns the path, as metrics name it: one of the three above, or one under {@code /_}. */
  String path();

  /** Returns the methods that {@link #handle} serves. OPTIONS and all others are answered for the endpoint. */
  List<HttpMethod> methods();

  /** Returns the query parameters that requests with this method may have. */
  Parameters parameters(HttpMethod method);

  /** Returns the right that a request with this method needs. */
  Right right(HttpMethod method);

  /**
   * Serves one request: replies now or later.
   *
   * @throws ProblemException if the request cannot be served; it is the reply
   */
  void handle(Exchange exchange) throws ProblemException;
}

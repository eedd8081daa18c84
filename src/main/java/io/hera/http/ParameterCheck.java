package io.hera.http;

import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.vertx.core.http.HttpMethod;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Refuses a parameter that an endpoint does not know, but another does: a client that sends it expects an effect. Parameters that no
 * endpoint knows are ignored, because proxies and caches add some. Immutable; one per HTTP verticle.
 */
final class ParameterCheck {
  private final Set<String> known;

  /** The check for a server with these endpoints. */
  ParameterCheck(Collection<Endpoint> endpoints) {
    known = endpoints.stream()
        .flatMap(endpoint -> endpoint.route().operations().stream())
        .map(Route.Operation::parameters)
        .flatMap(parameters ->
            parameters instanceof Parameters.Only only ? only.names().stream() : Stream.empty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Checks the query of a request for the route. */
  void check(Route route, HttpMethod method, Query query) throws ProblemException {
    if (query.isEmpty() || !(route.parameters(method) instanceof Parameters.Only parameters)) {
      return;
    }
    for (String name : query.names()) {
      if (known.contains(name) && !parameters.names().contains(name)) {
        throw new ProblemException(Problem.invalidQuery(
            "%s: not a parameter of %s %s".formatted(name, method.name(), route.path())));
      }
    }
  }
}

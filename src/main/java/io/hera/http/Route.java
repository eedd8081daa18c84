package io.hera.http;

import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The requests that an {@link Endpoint} serves: those for one path with certain methods.
 *
 * @param path the path, as metrics name it: one of the constants of {@link Endpoint}, or one under
 *     {@code /_}
 * @param operations one per method, in the order in which OPTIONS names them
 */
public record Route(String path, List<Operation> operations) {
  public Route {
    operations = List.copyOf(operations);
  }

  /**
   * One method.
   *
   * @param parameters the query parameters that a request may have
   * @param right the right that a request needs
   */
  public record Operation(HttpMethod method, Parameters parameters, Right right) {}

  /** Returns the route of an endpoint that is only read. */
  public static Route read(String path, Parameters parameters, Right right) {
    return new Route(path, List.of())
        .and(HttpMethod.GET, parameters, right)
        .and(HttpMethod.HEAD, parameters, right);
  }

  /** Returns the route of an endpoint that takes POST. */
  public static Route post(String path, Parameters parameters, Right right) {
    return new Route(path, List.of()).and(HttpMethod.POST, parameters, right);
  }

  /** Returns this route with one more method. */
  public Route and(HttpMethod method, Parameters parameters, Right right) {
    Operation operation = new Operation(method, parameters, right);
    return new Route(
        path, Stream.concat(operations.stream(), Stream.of(operation)).toList());
  }

  /** Returns whether requests with this method are served, as opposed to 405. */
  boolean serves(HttpMethod method) {
    return operation(method) != null;
  }

  /** Returns the query parameters that a request with this method may have, if it is served. */
  Parameters parameters(HttpMethod method) {
    Operation served = operation(method);
    return served == null ? Parameters.NONE : served.parameters;
  }

  /**
   * Returns the right that a request with this method needs. One that is not served anyway needs none if the path is open to anyone, as
   * OPTIONS is everywhere.
   */
  Right right(HttpMethod method) {
    Operation served = operation(method);
    if (served != null) {
      return served.right;
    }
    boolean open = method.equals(HttpMethod.OPTIONS)
        || operations.stream().allMatch(operation -> operation.right == Right.NONE);
    return open ? Right.NONE : Right.KNOWN;
  }

  private @Nullable Operation operation(HttpMethod method) {
    for (int i = 0; i < operations.size(); i++) { // an iterator each would be allocated
      Operation operation = operations.get(i);
      if (operation.method.equals(method)) {
        return operation;
      }
    }
    return null;
  }
}

package io.hera.http;

import io.hera.http.TargetParser.Senders;
import io.hera.store.NextTurn;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * From a request to the endpoint that serves it. One per HTTP verticle, used on its context only.
 *
 * <p>Services and instances are data, not routes: a router would decode {@code %2F} and invalid UTF-8 into names before they could
 * be refused, and cost each request a microsecond. Paths under {@code /_} go to a router.
 */
final class Dispatcher {
  private static final long LINGER_SECONDS = 5;

  private final Connections connections;
  private final Gate gate;
  private final Router router;
  private final Mounted allServices;
  private final Mounted oneService;
  private final Mounted oneInstance;
  private final Optional<Mounted> page;
  private final Optional<Mounted> eureka;
  private final RouteCounters other;
  private final ParameterCheck parameters;
  private final ReadTurns<Exchange> reads;

  /** Dispatches requests of the servers of {@code context}. */
  Dispatcher(Context context, Connections connections, List<Endpoint> endpoints) {
    this.connections = connections;
    this.gate = connections.gate();
    this.reads = new ReadTurns<>(
        task -> context.runOnContext(input -> task.run()), new NextTurn(context), this::serveRead);
    Map<String, Mounted> byPath = endpoints.stream()
        .map(this::mounted)
        .collect(Collectors.toMap(mounted -> mounted.route.path(), Function.identity()));
    this.allServices = Objects.requireNonNull(byPath.remove(Endpoint.ALL_SERVICES));
    this.oneService = Objects.requireNonNull(byPath.remove(Endpoint.ONE_SERVICE));
    this.oneInstance = Objects.requireNonNull(byPath.remove(Endpoint.ONE_INSTANCE));
    this.page = Optional.ofNullable(byPath.remove(Endpoint.PAGE));
    this.eureka = Optional.ofNullable(byPath.remove(Endpoint.EUREKA));
    this.other = connections.route(RequestCounters.OTHER);
    this.parameters = new ParameterCheck(endpoints);
    this.router = router(context.owner(), byPath.values());
  }

  /**
   * An endpoint, ready to serve.
   *
   * @param counters of its requests
   * @param allowed the value of {@code Allow}
   */
  private record Mounted(Endpoint endpoint, Route route, RouteCounters counters, String allowed) {}

  private Mounted mounted(Endpoint endpoint) {
    Route route = endpoint.route();
    Stream<HttpMethod> methods = route.operations().stream().map(Route.Operation::method);
    String allowed = Stream.concat(methods, Stream.of(HttpMethod.OPTIONS))
        .map(HttpMethod::name)
        .collect(Collectors.joining(", "));
    return new Mounted(endpoint, route, connections.route(route.path()), allowed);
  }

  private Router router(Vertx vertx, Collection<Mounted> endpoints) {
    Router router = Router.router(vertx);
    router.errorHandler(404, context -> unknown(exchange(context)));
    router.errorHandler(
        400,
        context ->
            refuse(exchange(context), Problem.invalidRequest("the request target is not valid")));
    router.errorHandler(500, context -> exchange(context).fail(cause(context)));
    endpoints.forEach(mounted -> router
        .route(routerPath(mounted.route.path()))
        .handler(context -> serve(mounted, exchange(context))));
    return router;
  }

  /** Returns a path with its parameters as the router has them. */
  private static String routerPath(String path) {
    return path.replaceAll("\\{(\\w+)}", ":$1");
  }

  /** Serves a request whose head is HTTP. */
  void handle(HttpServerRequest request) {
    handle(request, eureka.isPresent() ? Senders.BOTH : Senders.HERA);
  }

  /** Serves a request whose head is HTTP, at the port for clients of Eureka. */
  void handleEureka(HttpServerRequest request) {
    handle(request, Senders.EUREKA);
  }

  private void handle(HttpServerRequest request, Senders senders) {
    Target target = TargetParser.parse(request.uri(), senders);
    Exchange exchange = connections.begin(request, target, route(target));
    try {
      checkHead(request);
      checkSender(exchange);
      begin(exchange);
    } catch (ProblemException refused) {
      exchange.fail(refused);
    }
  }

  private void checkSender(Exchange exchange) throws ProblemException {
    Optional<Problem> refusal = exchange.sender().refusal();
    if (refusal.isPresent() && !isFileForAnyPage(exchange)) {
      throw new ProblemException(refusal.get());
    }
    gate.checkHead(exchange);
  }

  /**
   * A browser sends an Origin with its requests for modules, which is another one than the node's behind a proxy that replaces the Host.
   * The files are the same for all, so a page of any origin may have them; what they ask the API for is checked.
   */
  private static boolean isFileForAnyPage(Exchange exchange) {
    return exchange.sender() == Sender.OTHER_ORIGIN
        && exchange.target() instanceof Target.Page
        && isRead(exchange);
  }

  private static boolean isRead(Exchange exchange) {
    return exchange.method().equals(HttpMethod.GET) || exchange.method().equals(HttpMethod.HEAD);
  }

  /** People type the address of a node. Programs may name HTML first, too: Java's old client does so by itself. A query asks for data. */
  private static boolean isForPage(Exchange exchange) {
    return exchange.sender() != Sender.PROGRAM
        && isRead(exchange)
        && exchange.query().isEmpty()
        && exchange.wantsPage();
  }

  /** Replies to a request whose head is not HTTP. */
  void handleInvalid(HttpServerRequest request) {
    Problem problem = invalid(request.decoderResult().cause());
    connections.begin(request, new Target.Malformed(problem, 0), other).problem(problem);
  }

  private RouteCounters route(Target target) {
    if (target instanceof Target.OneInstance) {
      return oneInstance.counters;
    } else if (target instanceof Target.OneService) {
      return oneService.counters;
    } else if (target instanceof Target.AllServices) {
      return allServices.counters;
    } else if (target instanceof Target.Malformed malformed && malformed.segments() > 0) {
      return malformed.segments() == 1 ? oneService.counters : oneInstance.counters;
    }
    return target instanceof Target.Eureka ? eureka.map(Mounted::counters).orElse(other) : other;
  }

  /** Reads of instances may come in crowds. */
  private void begin(Exchange exchange) throws ProblemException {
    boolean isRead = exchange.method().equals(HttpMethod.GET);
    if (isRead && !(exchange.target() instanceof Target.Operation)) {
      reads.serve(exchange);
    } else {
      dispatch(exchange);
    }
  }

  /** Serves a read. */
  private void serveRead(Exchange exchange) {
    try {
      dispatch(exchange);
    } catch (ProblemException refused) {
      exchange.fail(refused);
    }
  }

  private void dispatch(Exchange exchange) throws ProblemException {
    Target target = exchange.target();
    if (target instanceof Target.OneInstance) {
      serve(oneInstance, exchange);
    } else if (target instanceof Target.OneService) {
      serve(oneService, exchange);
    } else if (target instanceof Target.AllServices) {
      serve(page.filter(there -> isForPage(exchange)).orElse(allServices), exchange);
    } else if (target instanceof Target.Page) {
      page.ifPresentOrElse(there -> serve(there, exchange), () -> unknown(exchange));
    } else if (target instanceof Target.Eureka) {
      eureka.ifPresentOrElse(there -> serve(there, exchange), () -> unknown(exchange));
    } else if (target instanceof Target.Operation) {
      router.handle(exchange.request());
    } else if (target instanceof Target.Malformed malformed) {
      gate.check(exchange, Right.KNOWN);
      exchange.problem(malformed.problem());
    } else if (exchange.method().equals(HttpMethod.OPTIONS)) {
      exchange.putHeader(HttpHeaderNames.ALLOW, oneInstance.allowed).done();
    } else {
      gate.check(exchange, Right.KNOWN);
      exchange.problem(Problem.invalidPath("only OPTIONS may have the target *"));
    }
  }

  private void serve(Mounted mounted, Exchange exchange) {
    exchange.countAs(mounted.counters);
    try {
      gate.check(exchange, mounted.route.right(exchange.method()));
      if (mounted.route.serves(exchange.method())) {
        parameters.check(mounted.route, exchange.method(), exchange.query());
        mounted.endpoint.handle(exchange);
      } else if (exchange.method().equals(HttpMethod.OPTIONS)) {
        exchange.putHeader(HttpHeaderNames.ALLOW, mounted.allowed).done();
      } else {
        exchange
            .putHeader(HttpHeaderNames.ALLOW, mounted.allowed)
            .problem(Problem.methodNotAllowed(mounted.allowed));
      }
    } catch (ProblemException | RuntimeException | Error failure) {
      exchange.fail(failure);
    }
  }

  /** Refuses a path under {@code /_}. A client that writes there meant a service: the problem says why it cannot be one. */
  private void unknown(Exchange exchange) {
    boolean writes =
        exchange.method().equals(HttpMethod.PUT) || exchange.method().equals(HttpMethod.DELETE);
    refuse(
        exchange,
        writes
            ? Problem.invalidPath("a service name that begins with _ is reserved")
            : Problem.unknownEndpoint());
  }

  /** Replies with a problem, which is not for strangers: OPTIONS tells them nothing. */
  private void refuse(Exchange exchange, Problem problem) {
    try {
      gate.check(exchange, exchange.method().equals(HttpMethod.OPTIONS) ? Right.NONE : Right.KNOWN);
      exchange.problem(problem);
    } catch (ProblemException refused) {
      exchange.fail(refused);
    }
  }

  /** The router calls its handlers before it returns, so the request is still the last one on its connection. */
  private Exchange exchange(RoutingContext context) {
    return connections.current(context.request().connection());
  }

  private static Throwable cause(RoutingContext context) {
    Throwable failure = context.failure();
    return failure == null ? new IllegalStateException("a route failed without a cause") : failure;
  }

  private static void checkHead(HttpServerRequest request) throws ProblemException {
    List<String> hosts = request.headers().getAll(HttpHeaders.HOST);
    boolean unneeded = hosts.isEmpty() && request.version() == HttpVersion.HTTP_1_0;
    if (!unneeded && (hosts.size() != 1 || !TargetParser.isAuthority(hosts.get(0)))) {
      throw new ProblemException(
          Problem.invalidRequest("exactly one valid Host header is required"));
    }
    String coding = request.headers().get(HttpHeaders.TRANSFER_ENCODING);
    if (coding != null && !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(coding)) {
      // The end of the body is unknown, so nothing behind it can be a request.
      request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      request.connection().shutdown(LINGER_SECONDS, TimeUnit.SECONDS);
      throw new ProblemException(
          Problem.invalidRequest("the only Transfer-Encoding supported is chunked"));
    }
  }

  private static Problem invalid(Throwable cause) {
    if (cause instanceof VersionHandler.Unsupported unsupported) {
      return Problem.httpVersion(unsupported.version());
    }
    if (cause instanceof TooLongHttpLineException) {
      return Problem.targetTooLong();
    }
    if (cause instanceof TooLongHttpHeaderException) {
      return Problem.headersTooLarge();
    }
    return Problem.invalidRequest("the request line or a header is not valid");
  }
}

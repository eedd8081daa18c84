package io.hera.http;

import io.hera.store.Readiness;
import io.hera.store.Store;
import io.hera.wire.Problem;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The endpoints under {@code /_}, for operators and peers, behind a router. One an HTTP verticle. */
final class Operations {
  private static final Set<HttpMethod> READ =
      new LinkedHashSet<>(List.of(HttpMethod.GET, HttpMethod.HEAD));
  private static final Set<HttpMethod> POSTED = Set.of(HttpMethod.POST);

  private static final String YAML = "application/yaml; charset=utf-8";

  private final Vertx vertx;
  private final Store store;
  private final Readiness readiness;
  private final Metrics metrics;
  private final Answers answers;
  private final StatusPage statusPage;
  private final Router router;

  Operations(Vertx vertx, HttpVerticle.Parts parts, Answers answers, StatusPage statusPage) {
    this.vertx = vertx;
    this.store = parts.store();
    this.readiness = parts.readiness();
    this.metrics = parts.metrics();
    this.answers = answers;
    this.statusPage = statusPage;
    this.router = Router.router(vertx);
    router.errorHandler(404, this::unknown);
    router.errorHandler(
        400,
        context -> answers.problem(
            context.request(), Problem.invalidRequest("the request target is not valid")));
    router.errorHandler(500, context -> answers.fail(context.request(), cause(context)));
    endpoint("/_health/live", this::live);
    endpoint("/_health/ready", this::ready);
    endpoint("/_status", this::status);
    endpoint("/_openapi.yaml", this::description);
  }

  /** Adds an endpoint that is read with GET or HEAD. */
  void endpoint(String path, Handler<HttpServerRequest> reader) {
    endpoint(path, READ, reader);
  }

  /** Adds an endpoint to which something is posted. */
  void posted(String path, Handler<HttpServerRequest> taker) {
    endpoint(path, POSTED, taker);
  }

  private void endpoint(String path, Set<HttpMethod> methods, Handler<HttpServerRequest> handler) {
    String allowed =
        methods.stream().map(HttpMethod::name).collect(Collectors.joining(", ")) + ", OPTIONS";
    router.route(path).handler(context -> {
      HttpServerRequest request = context.request();
      if (methods.contains(request.method())) {
        handler.handle(request);
      } else if (request.method().equals(HttpMethod.OPTIONS)) {
        answers.options(request, allowed);
      } else {
        answers.methodNotAllowed(request, allowed);
      }
    });
  }

  void handle(HttpServerRequest request) {
    router.handle(request);
  }

  private static Throwable cause(RoutingContext context) {
    Throwable failure = context.failure();
    return failure == null ? new IllegalStateException("a route failed without a cause") : failure;
  }

  /** Whoever writes here meant a service, and is told why there can be none of that name. */
  private void unknown(RoutingContext context) {
    HttpServerRequest request = context.request();
    boolean writes =
        request.method().equals(HttpMethod.PUT) || request.method().equals(HttpMethod.DELETE);
    answers.problem(
        request,
        writes
            ? Problem.invalidPath("a service name that begins with _ is reserved")
            : Problem.unknownEndpoint());
  }

  private void live(HttpServerRequest request) {
    answers.json(request, new JsonObject().put("status", "up").toBuffer());
  }

  private void ready(HttpServerRequest request) {
    boolean ready = readiness.ready();
    JsonObject checks = new JsonObject().put("recovered", ready ? "up" : "down");
    JsonObject json = new JsonObject().put("status", ready ? "up" : "down").put("checks", checks);
    answers.json(request, ready ? 200 : 503, json.toBuffer());
  }

  /** Answers with everything that is counted, for Prometheus. */
  void metrics(HttpServerRequest request) {
    store
        .status()
        .compose(status -> vertx.executeBlocking(() -> metrics.scrape(status), false))
        .onSuccess(text -> answers.body(request, Metrics.CONTENT_TYPE, Buffer.buffer(text)))
        .onFailure(failure -> answers.fail(request, failure));
  }

  private void description(HttpServerRequest request) {
    vertx
        .executeBlocking(Operations::description, false)
        .onSuccess(yaml -> answers.body(request, YAML, yaml))
        .onFailure(failure -> answers.fail(request, failure));
  }

  private static Buffer description() throws IOException {
    try (InputStream in = Operations.class.getResourceAsStream("openapi.yaml")) {
      return Buffer.buffer(Objects.requireNonNull(in).readAllBytes());
    }
  }

  private void status(HttpServerRequest request) {
    store
        .status()
        .onSuccess(status -> answers.json(request, statusPage.json(status)))
        .onFailure(failure -> answers.fail(request, failure));
  }
}

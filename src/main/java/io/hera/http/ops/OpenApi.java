package io.hera.http.ops;

import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.Parameters;
import io.hera.http.Right;
import io.hera.http.Route;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** {@code GET /_openapi.yaml}: the description of the API, to which tests hold every reply. */
public final class OpenApi implements Endpoint {
  private static final String YAML = "application/yaml; charset=utf-8";

  private final Vertx vertx;

  public OpenApi(Vertx vertx) {
    this.vertx = vertx;
  }

  @Override
  public Route route() {
    return Route.read("/_openapi.yaml", Parameters.NONE, Right.NONE);
  }

  @Override
  public void handle(Exchange exchange) {
    vertx
        .executeBlocking(OpenApi::description, false)
        .onSuccess(yaml -> exchange.body(YAML, yaml))
        .onFailure(exchange::fail);
  }

  private static Buffer description() throws IOException {
    try (InputStream in = OpenApi.class.getResourceAsStream("openapi.yaml")) {
      return Buffer.buffer(Objects.requireNonNull(in).readAllBytes());
    }
  }
}

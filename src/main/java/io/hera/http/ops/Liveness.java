package io.hera.http.ops;

import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.Parameters;
import io.hera.http.Right;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.List;

/** {@code GET /_health/live}: whether the process answers at all. */
public final class Liveness implements Endpoint {
  @Override
  public String path() {
    return "/_health/live";
  }

  @Override
  public List<HttpMethod> methods() {
    return READ;
  }

  @Override
  public Parameters parameters(HttpMethod method) {
    return Parameters.NONE;
  }

  @Override
  public Right right(HttpMethod method) {
    return Right.NONE;
  }

  @Override
  public void handle(Exchange exchange) {
    exchange.json(Buffer.buffer("{\"status\":\"up\"}"));
  }
}

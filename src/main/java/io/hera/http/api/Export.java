package io.hera.http.api;

import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.Right;
import io.hera.http.ServiceWalk;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.List;

/** {@code GET /_export}: every service, in the shape that {@code POST /_batch} takes. One per HTTP verticle. */
public final class Export implements Endpoint {
  private final ServiceWalk walk;

  public Export(ServiceWalk walk) {
    this.walk = walk;
  }

  @Override
  public String path() {
    return "/_export";
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
  public void handle(Exchange exchange) {
    ServiceWalk.Form form =
        new ServiceWalk.Form(Buffer.buffer("{"), ServiceWalk::member, Buffer.buffer("}"));
    walk.reply(exchange, form, walk.services());
  }
}

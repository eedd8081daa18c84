package io.hera.http.inspect;

import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.Parameters;
import io.hera.http.Right;
import io.hera.http.Route;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** {@code GET /_cluster}: the status of every node of the cluster, as this node can learn it. One per HTTP verticle. */
public final class ClusterStatus implements Endpoint {
  private static final ClusterReply.Form STATUS = (out, answer) -> {
    out.ascii("\"status\":").raw(answer);
    return true;
  };

  private final ClusterReply reply;
  private final Supplier<Future<byte[]>> own;

  /** Replies by {@code reply}; {@code own} returns the status of this node as JSON. */
  public ClusterStatus(ClusterReply reply, Supplier<Future<byte[]>> own) {
    this.reply = reply;
    this.own = own;
  }

  @Override
  public Route route() {
    return Route.read("/_cluster", Parameters.NONE, Right.OPERATE);
  }

  @Override
  public void handle(Exchange exchange) {
    reply.reply(exchange, "/_status", own.get(), STATUS);
  }
}

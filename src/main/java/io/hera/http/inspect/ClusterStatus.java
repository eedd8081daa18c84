package io.hera.http.inspect;

import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.Parameters;
import io.hera.http.Right;
import io.hera.http.Route;
import io.hera.json.JsonWriter;
import io.hera.json.ObjectCursor;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code GET /_cluster}: the status of every node of the cluster, as this node can learn it. One per HTTP verticle. */
public final class ClusterStatus implements Endpoint {
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
    reply.reply(exchange, "/_status", own.get(), ClusterStatus::write);
  }

  /** At the address of a peer, another node or another program may listen: it is not to look like the peer. */
  private static Optional<String> write(JsonWriter out, String node, byte[] answer) {
    Optional<String> named = name(answer);
    out.ascii("\"status\":").raw(answer);
    if (named.isEmpty()) {
      return Optional.of(AnswerForm.SOMETHING_ELSE);
    }
    return named.get().equals(node) ? Optional.empty() : Optional.of("answered as another node");
  }

  private static Optional<String> name(byte[] status) {
    ObjectCursor members = new ObjectCursor(status);
    return members.next("node") && members.isText()
        ? Optional.of(members.text())
        : Optional.empty();
  }
}

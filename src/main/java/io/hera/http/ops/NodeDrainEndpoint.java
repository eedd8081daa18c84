package io.hera.http.ops;

import io.hera.http.AuditedOperation;
import io.hera.http.Bodies;
import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.NodeDrain;
import io.hera.http.Parameters;
import io.hera.http.Query;
import io.hera.http.Right;
import io.hera.http.Route;
import io.hera.json.JsonWriter;
import io.hera.wire.ProblemException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.OptionalLong;

/** {@code /_node/drain}: sends the clients of this node to other nodes. One per HTTP verticle. */
public final class NodeDrainEndpoint implements Endpoint {
  private final NodeDrain drain;
  private final Bodies bodies;

  public NodeDrainEndpoint(NodeDrain drain, Bodies bodies) {
    this.drain = drain;
    this.bodies = bodies;
  }

  @Override
  public Route route() {
    return Route.read("/_node/drain", Parameters.NONE, Right.OPERATE)
        .and(HttpMethod.PUT, Parameters.of(Query.FOR), Right.OPERATE)
        .and(HttpMethod.DELETE, Parameters.NONE, Right.OPERATE);
  }

  @Override
  public void handle(Exchange exchange) throws ProblemException {
    switch (exchange.method().name()) {
      case "PUT" -> put(exchange, exchange.query().forMillis());
      case "DELETE" -> {
        drain.end();
        AuditedOperation.log(exchange, "undrained", "");
        exchange.done();
      }
      default -> exchange.json(json());
    }
  }

  private void put(Exchange exchange, OptionalLong lastsMillis) throws ProblemException {
    OperatorReason.of(exchange, bodies)
        .onSuccess(reason -> {
          drain.begin(exchange.caller().identity().name(), reason.text(), lastsMillis);
          String end = lastsMillis.isPresent() ? " for_ms=" + lastsMillis.getAsLong() : "";
          AuditedOperation.log(exchange, "drained", end + reason.field());
          exchange.done();
        })
        .onFailure(exchange::fail);
  }

  private Buffer json() {
    JsonWriter out = new JsonWriter(256).ascii("{\"draining\":");
    drain
        .present()
        .ifPresentOrElse(
            now -> {
              out.ascii("true,\"since\":").number(now.sinceMillis());
              now.untilMillis().ifPresent(until -> out.ascii(",\"until\":").number(until));
              out.ascii(",\"by\":").string(now.by());
              out.ascii(",\"reason\":").string(now.reason());
            },
            () -> out.ascii("false"));
    return Buffer.buffer(out.raw('}').toBytes());
  }
}

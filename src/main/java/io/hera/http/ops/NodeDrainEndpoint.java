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
import io.hera.json.Documents;
import io.hera.json.JsonWriter;
import io.hera.json.Malformed;
import io.hera.json.ObjectCursor;
import io.hera.wire.Percent;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.OptionalLong;

/** {@code /_node/drain}: sends the clients of this node to other nodes. One per HTTP verticle. */
public final class NodeDrainEndpoint implements Endpoint {
  private static final int BODY_BYTES_MAX = 4_096;
  private static final int DEPTH_MAX = 8;
  private static final int REASON_LENGTH_MAX = 200;

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
    bodies
        .read(exchange)
        .compose(NodeDrainEndpoint::reason)
        .onSuccess(reason -> {
          drain.begin(exchange.caller().identity().name(), reason, lastsMillis);
          String end = lastsMillis.isPresent() ? " for_ms=" + lastsMillis.getAsLong() : "";
          AuditedOperation.log(exchange, "drained", end + " reason=" + Percent.encode(reason));
          exchange.done();
        })
        .onFailure(exchange::fail);
  }

  private static Future<String> reason(Buffer body) {
    if (body.length() == 0) {
      return Future.succeededFuture("");
    }
    try {
      byte[] json = body.getBytes();
      Documents.check(json, BODY_BYTES_MAX, DEPTH_MAX);
      ObjectCursor members = new ObjectCursor(json);
      String reason = "";
      while (members.next()) {
        if (!members.isNamed("reason") || !members.isText()) {
          return refused("the only member of the body is reason, a text");
        }
        reason = members.text();
      }
      return reason.length() > REASON_LENGTH_MAX
          ? refused("reason: longer than " + REASON_LENGTH_MAX + " characters")
          : Future.succeededFuture(reason);
    } catch (Malformed flaw) {
      return refused("the body is not an object: at byte " + flaw.offset() + ": " + flaw.reason());
    }
  }

  private static Future<String> refused(String detail) {
    return Future.failedFuture(new ProblemException(Problem.invalidRequest(detail)));
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

package io.hera.http.ops;

import io.hera.access.Caller;
import io.hera.access.Proof;
import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.Parameters;
import io.hera.http.Right;
import io.hera.http.Route;
import io.hera.json.JsonWriter;
import io.vertx.core.buffer.Buffer;

/**
 * {@code GET /_whoami}: the identity of the client, how it has proven it, and what it may do; and the address at which the node sees it.
 * Anyone may ask, but not with a token that is not valid.
 */
public final class WhoAmI implements Endpoint {
  @Override
  public Route route() {
    return Route.read("/_whoami", Parameters.NONE, Right.ANYONE);
  }

  @Override
  public void handle(Exchange exchange) {
    JsonWriter out = new JsonWriter(256).raw('{');
    Caller caller = exchange.caller();
    if (!(caller.proof() instanceof Proof.Unchecked)) {
      out.ascii("\"identity\":").string(caller.identity().name());
      out.ascii(",\"proof\":").string(proof(caller)).ascii(",\"can\":[");
      String separator = "";
      for (String permission : caller.identity().can()) {
        out.ascii(separator).string(permission);
        separator = ",";
      }
      out.ascii("],");
    }
    out.ascii("\"tls\":").ascii(Boolean.toString(exchange.isEncrypted()));
    out.ascii(",\"address\":").string(exchange.remoteAddress());
    exchange.json(Buffer.buffer(out.raw('}').toBytes()));
  }

  private static String proof(Caller caller) {
    if (caller.proof() instanceof Proof.ByCertificate certificate) {
      return "certificate " + certificate.name();
    }
    if (caller.proof() instanceof Proof.ByNode node) {
      return "certificate " + node.name();
    }
    return caller.proof() instanceof Proof.ByToken token ? "token " + token.hash() : "none";
  }
}

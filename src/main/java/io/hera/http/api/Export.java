package io.hera.http.api;

import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.Members;
import io.hera.http.Parameters;
import io.hera.http.Query;
import io.hera.http.ReplyHeaders;
import io.hera.http.Right;
import io.hera.http.Route;
import io.hera.http.ServiceWalk;
import io.hera.http.ServiceWalk.Freshness;
import io.hera.http.ServiceWalk.Shape;
import io.hera.http.SharedWalk;
import io.hera.json.JsonWriter;
import io.hera.registry.View;
import io.hera.store.InstanceDocument;
import io.hera.store.Store;
import io.hera.wire.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import java.math.BigDecimal;
import java.util.List;

/** {@code GET /_export}: every service, in one of the two shapes that {@code POST /_batch} takes. One per HTTP verticle. */
public final class Export implements Endpoint {
  private static final CharSequence NDJSON = HttpHeaders.createOptimized(Ndjson.TYPE);

  private final Shapes shown;
  private final Shapes all;

  public Export(Context context, Store store) {
    this.shown = Shapes.of(context, store, View.Extent.SHOWN);
    this.all = Shapes.of(context, store, View.Extent.ALL);
  }

  /** The two shapes of one extent. */
  private record Shapes(ServiceWalk members, ServiceWalk lines) {
    static Shapes of(Context context, Store store, View.Extent extent) {
      Shape members = new Shape(ReplyHeaders.JSON, "{", ",", "}", Members::write, extent);
      Shape lines = new Shape(NDJSON, "", "", "", Export::lines, extent);
      return new Shapes(
          new ServiceWalk(context, store, members, Freshness.DOCUMENTS),
          new ServiceWalk(context, store, lines, Freshness.DOCUMENTS));
    }
  }

  @Override
  public Route route() {
    return Route.read("/_export", Parameters.of(Query.ALL), Right.READ_SOME);
  }

  @Override
  public void handle(Exchange exchange) throws ProblemException {
    exchange.variesByAccept();
    Shapes shapes = exchange.query().flag(Query.ALL) ? all : shown;
    (exchange.prefersToJson(Ndjson.TYPE) ? shapes.lines : shapes.members).reply(exchange);
  }

  /** One registration a line. A document keeps its bytes, except that line breaks between its tokens become spaces. */
  private static Runnable lines(List<SharedWalk.Part> parts, JsonWriter out) {
    for (SharedWalk.Part part : parts) {
      part.instances().forEach(instance -> line(out, part.service(), instance));
    }
    return () -> {};
  }

  private static void line(JsonWriter out, String service, InstanceDocument instance) {
    out.ascii("{\"service\":").string(service).ascii(",\"id\":").string(instance.id());
    if (instance.ttlMillis() > 0) {
      out.ascii(",\"ttl\":").ascii(seconds(instance.ttlMillis()));
    }
    out.ascii(",\"document\":").onOneLine(instance.document()).ascii("}\n");
  }

  private static String seconds(long millis) {
    return BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString();
  }
}

package io.hera.http.api;

import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.Parameters;
import io.hera.http.Right;
import io.hera.http.Route;
import io.hera.http.ServiceWalk;
import io.hera.json.JsonWriter;
import io.hera.store.InstanceDocument;
import io.hera.store.Store;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.math.BigDecimal;
import java.util.List;

/** {@code GET /_export}: every service, in one of the two shapes that {@code POST /_batch} takes. One per HTTP verticle. */
public final class Export implements Endpoint {
  private static final CharSequence NDJSON = HttpHeaders.createOptimized(Ndjson.TYPE);

  private final ServiceWalk walk;

  public Export(Context context, Store store) {
    this.walk = new ServiceWalk(context, store);
  }

  @Override
  public Route route() {
    return Route.read("/_export", Parameters.NONE, Right.NONE);
  }

  @Override
  public void handle(Exchange exchange) {
    exchange.variesByAccept();
    boolean lines = exchange.prefersToJson(Ndjson.TYPE);
    walk.services()
        .onSuccess(services -> {
          if (lines) {
            exchange.begin(NDJSON);
          } else {
            exchange.beginJson();
          }
          walk.reply(exchange, lines ? new Lines() : new Members(), services);
        })
        .onFailure(exchange::fail);
  }

  /** One object of services, each an object of instances. */
  private static final class Members implements ServiceWalk.Form {
    @Override
    public Buffer start() {
      return Buffer.buffer("{");
    }

    @Override
    public Future<Buffer> text(List<ServiceWalk.Part> parts) {
      JsonWriter out = new JsonWriter(64 << 10);
      parts.forEach(part -> write(out, part));
      return Future.succeededFuture(Buffer.buffer(out.toBytes()));
    }

    private static void write(JsonWriter out, ServiceWalk.Part part) {
      String separator = ",";
      if (part.beginsService()) {
        out.ascii(part.beginsAll() ? "" : ",").string(part.service()).ascii(":{");
        separator = "";
      }
      for (InstanceDocument instance : part.instances()) {
        out.ascii(separator).string(instance.id()).raw(':').raw(instance.document());
        separator = ",";
      }
      out.ascii(part.endsService() ? "}" : "");
    }

    @Override
    public Buffer end() {
      return Buffer.buffer("}");
    }
  }

  /** One registration a line. A document keeps its bytes, except that line breaks between its tokens become spaces. */
  private static final class Lines implements ServiceWalk.Form {
    @Override
    public Buffer start() {
      return Buffer.buffer();
    }

    @Override
    public Future<Buffer> text(List<ServiceWalk.Part> parts) {
      JsonWriter out = new JsonWriter(64 << 10);
      for (ServiceWalk.Part part : parts) {
        part.instances().forEach(instance -> line(out, part.service(), instance));
      }
      return Future.succeededFuture(Buffer.buffer(out.toBytes()));
    }

    private static void line(JsonWriter out, String service, InstanceDocument instance) {
      out.ascii("{\"service\":").string(service).ascii(",\"id\":").string(instance.id());
      if (instance.ttlMillis() > 0) {
        out.ascii(",\"ttl\":").ascii(seconds(instance.ttlMillis()));
      }
      out.ascii(",\"document\":").raw(oneLine(instance.document())).ascii("}\n");
    }

    @Override
    public Buffer end() {
      return Buffer.buffer();
    }
  }

  private static String seconds(long millis) {
    return BigDecimal.valueOf(millis, 3).stripTrailingZeros().toPlainString();
  }

  /** A line break in a document is white space between two tokens: one in a string would be escaped. */
  private static byte[] oneLine(byte[] document) {
    byte[] line = document;
    for (int i = 0; i < document.length; i++) {
      if (document[i] == '\n' || document[i] == '\r') {
        line = line == document ? document.clone() : line;
        line[i] = ' ';
      }
    }
    return line;
  }
}

package io.hera.http.api;

import io.hera.http.Exchange;
import io.hera.json.JsonWriter;
import io.hera.store.InstanceDocument;
import io.hera.store.Store;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * The export as lines of {@link Ndjson}, written as fast as the client reads. One per HTTP verticle. A document keeps its bytes, except
 * that line breaks between its tokens become spaces.
 */
final class LineExport {
  private static final CharSequence TYPE = HttpHeaders.createOptimized(Ndjson.TYPE);
  private static final int PIECE_BYTES = 32 << 10;

  private final Store store;

  LineExport(Store store) {
    this.store = store;
  }

  /** Replies with all instances. */
  void reply(Exchange exchange) {
    store
        .services()
        .onSuccess(counts -> reply(exchange, List.copyOf(counts.keySet())))
        .onFailure(exchange::fail);
  }

  private void reply(Exchange exchange, List<String> services) {
    exchange.begin(TYPE);
    if (!exchange.ended()) {
      new Walk(exchange, services.iterator()).nextService();
    }
  }

  /** An export under way. */
  private final class Walk {
    private final Exchange exchange;
    private final Iterator<String> services;
    private String service = "";
    private Iterator<InstanceDocument> instances = Collections.emptyIterator();

    Walk(Exchange exchange, Iterator<String> services) {
      this.exchange = exchange;
      this.services = services;
    }

    void nextService() {
      if (!services.hasNext()) {
        exchange.end();
        return;
      }
      service = services.next();
      store
          .documents(service)
          .onSuccess(documents -> {
            instances = documents.iterator();
            goOn();
          })
          .onFailure(failure -> exchange.abort());
    }

    private void goOn() {
      while (instances.hasNext()) {
        Future<Void> room = exchange.send(piece());
        if (!room.succeeded()) {
          room.onSuccess(more -> goOn()).onFailure(failure -> exchange.abort());
          return;
        }
      }
      nextService();
    }

    private Buffer piece() {
      JsonWriter out = new JsonWriter(2 * PIECE_BYTES);
      while (instances.hasNext() && out.size() < PIECE_BYTES) {
        line(out, instances.next());
      }
      return Buffer.buffer(out.toBytes());
    }

    private void line(JsonWriter out, InstanceDocument instance) {
      out.ascii("{\"service\":").string(service).ascii(",\"id\":").string(instance.id());
      if (instance.ttlMillis() > 0) {
        out.ascii(",\"ttl\":").ascii(seconds(instance.ttlMillis()));
      }
      out.ascii(",\"document\":").raw(oneLine(instance.document())).ascii("}\n");
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

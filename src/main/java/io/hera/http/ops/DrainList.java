package io.hera.http.ops;

import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.Parameters;
import io.hera.http.Right;
import io.hera.http.Route;
import io.hera.json.JsonWriter;
import io.hera.registry.Drains;
import io.hera.store.Store;
import io.vertx.core.buffer.Buffer;
import java.util.Comparator;
import java.util.List;

/** {@code GET /_drain}: the drains in force (P18). */
public final class DrainList implements Endpoint {
  private final Store store;

  public DrainList(Store store) {
    this.store = store;
  }

  @Override
  public Route route() {
    return Route.read(DrainTarget.PATH, Parameters.NONE, Right.OPERATE);
  }

  @Override
  public void handle(Exchange exchange) {
    store
        .drains()
        .onSuccess(drains -> exchange.json(Buffer.buffer(json(drains))))
        .onFailure(exchange::fail);
  }

  private static byte[] json(List<Drains.State> drains) {
    JsonWriter out = new JsonWriter(1_024).raw('{');
    String separator = "";
    for (Drains.State drain :
        drains.stream().sorted(Comparator.comparing(Drains.State::selector)).toList()) {
      DrainNote.write(out.ascii(separator).string(drain.selector()).raw(':'), drain);
      separator = ",";
    }
    return out.raw('}').toBytes();
  }
}

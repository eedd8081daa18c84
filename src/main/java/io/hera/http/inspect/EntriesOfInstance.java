package io.hera.http.inspect;

import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.Parameters;
import io.hera.http.PathNames;
import io.hera.http.Right;
import io.hera.http.Route;
import io.hera.json.JsonWriter;
import io.hera.registry.Key;
import io.hera.registry.KeyEntry;
import io.hera.store.KeyEntries;
import io.hera.store.Store;
import io.hera.wire.ProblemException;
import io.vertx.core.buffer.Buffer;

/**
 * {@code GET /_entries/<service>/<id>}: the entries of all origins on an instance, the winner first, also if none shows it. One per
 * HTTP verticle.
 */
public final class EntriesOfInstance implements Endpoint {
  private static final int ENTRY_BYTES = 256;

  private final Store store;

  public EntriesOfInstance(Store store) {
    this.store = store;
  }

  @Override
  public Route route() {
    return Route.read(EntriesOfService.PATH + "/{id}", Parameters.NONE, Right.SEE_BELOW);
  }

  @Override
  public void handle(Exchange exchange) throws ProblemException {
    Key key = PathNames.of(exchange.target()).key();
    store
        .keyEntries(key)
        .onSuccess(found -> exchange.json(Buffer.buffer(json(key, found))))
        .onFailure(exchange::fail);
  }

  /** Returns the reply. */
  static byte[] json(Key key, KeyEntries found) {
    JsonWriter out = new JsonWriter(ENTRY_BYTES * (1 + found.entries().size()));
    out.ascii("{\"service\":").string(key.service()).ascii(",\"id\":").string(key.id());
    out.ascii(",\"now\":").number(found.nowMillis()).ascii(",\"entries\":[");
    String separator = "";
    for (KeyEntry entry : found.entries()) {
      write(out.ascii(separator), entry);
      separator = ",";
    }
    return out.ascii("]}").toBytes();
  }

  private static void write(JsonWriter out, KeyEntry entry) {
    out.ascii("{\"origin\":").string(entry.origin());
    out.ascii(",\"state\":\"").ascii(word(entry.state()));
    out.ascii("\",\"version\":").number(entry.version());
    out.ascii(",\"age_ms\":").number(entry.ageMillis());
    out.ascii(",\"ttl_ms\":").number(entry.ttlMillis());
    if (entry.state() == KeyEntry.State.REGISTERED) {
      out.ascii(",\"ttl_chosen\":").ascii(Boolean.toString(entry.ttlChosen()));
      out.ascii(",\"bytes\":").number(entry.bytes());
    }
    entry.drained().ifPresent(reason -> out.ascii(",\"drained\":").string(reason));
    if (entry.restored()) {
      out.ascii(",\"restored\":true");
    }
    out.ascii(",\"shown\":").ascii(Boolean.toString(entry.shown())).raw('}');
  }

  private static String word(KeyEntry.State state) {
    return switch (state) {
      case REGISTERED -> "registered";
      case REMOVED -> "removed";
      case EXPIRED -> "expired";
    };
  }
}

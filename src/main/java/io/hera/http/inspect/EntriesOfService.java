package io.hera.http.inspect;

import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.Parameters;
import io.hera.http.PathNames;
import io.hera.http.Query;
import io.hera.http.Right;
import io.hera.http.Route;
import io.hera.json.JsonWriter;
import io.hera.registry.InstanceEntry;
import io.hera.registry.KeyEntry;
import io.hera.registry.View;
import io.hera.store.EntriesAsked;
import io.hera.store.ServiceEntries;
import io.hera.store.Store;
import io.hera.wire.Names;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code GET /_entries/<service>?id=…} and {@code ?order=left}: how long instances have left, and which node has accepted them. The rows
 * are arrays, because a page asks for the rows in sight every other second. Without either, the reply has no rows, and says how many
 * instances there are. One per HTTP verticle.
 */
public final class EntriesOfService implements Endpoint {
  static final String PATH = "/_entries/{service}";

  private static final String ID = "id";
  private static final String ORDER = "order";
  private static final String LIMIT = "limit";
  private static final String LEFT = "left";
  private static final int IDS_MAX = 200;
  private static final int LIMIT_MAX = 500;
  private static final int ROW_BYTES = 80;

  private final Store store;

  public EntriesOfService(Store store) {
    this.store = store;
  }

  @Override
  public Route route() {
    return Route.read(PATH, Parameters.of(ID, ORDER, LIMIT, Query.ALL), Right.SEE_BELOW);
  }

  @Override
  public void handle(Exchange exchange) throws ProblemException {
    String service = PathNames.of(exchange.target()).service();
    store
        .serviceEntries(asked(service, exchange.query()))
        .onSuccess(found -> exchange.json(Buffer.buffer(json(service, found))))
        .onFailure(exchange::fail);
  }

  private static EntriesAsked asked(String service, Query query) throws ProblemException {
    View.Extent extent = query.flag(Query.ALL) ? View.Extent.ALL : View.Extent.SHOWN;
    List<String> ids = query.texts(ID, IDS_MAX);
    Optional<String> order = query.text(ORDER);
    int limit = (int) query.number(LIMIT, 1, LIMIT_MAX).orElse(LIMIT_MAX);
    if (ids.isEmpty() && order.equals(Optional.of(LEFT))) {
      return new EntriesAsked.Soonest(service, extent, limit);
    }
    if (order.isPresent()) {
      throw new ProblemException(
          Problem.invalidQuery("order: can be left, instead of ids, and nothing else"));
    }
    if (query.text(LIMIT).isPresent()) {
      throw new ProblemException(Problem.invalidQuery("limit: only with order=left"));
    }
    check(ids);
    return new EntriesAsked.OfIds(service, extent, ids);
  }

  private static void check(List<String> ids) throws ProblemException {
    for (String id : ids) {
      Optional<String> flaw = Names.flawOfId(id);
      if (flaw.isPresent()) {
        throw new ProblemException(Problem.invalidQuery("id: " + flaw.get()));
      }
    }
  }

  /** Returns the reply. */
  static byte[] json(String service, ServiceEntries found) {
    Map<String, Integer> origins = new LinkedHashMap<>();
    found.entries().forEach(row -> origins.putIfAbsent(row.entry().origin(), origins.size()));
    JsonWriter out = new JsonWriter(ROW_BYTES * (4 + found.entries().size()));
    out.ascii("{\"service\":").string(service).ascii(",\"now\":").number(found.nowMillis());
    out.ascii(",\"content\":\"").ascii(found.content().hex());
    out.ascii("\",\"instances\":").number(found.instances()).ascii(",\"origins\":[");
    String separator = "";
    for (String origin : origins.keySet()) {
      out.ascii(separator).string(origin);
      separator = ",";
    }
    out.ascii("],\"entries\":[");
    separator = "";
    for (InstanceEntry row : found.entries()) {
      write(out.ascii(separator), row, origins.getOrDefault(row.entry().origin(), 0));
      separator = ",";
    }
    return out.ascii("]}").toBytes();
  }

  private static void write(JsonWriter out, InstanceEntry row, int origin) {
    KeyEntry entry = row.entry();
    out.raw('[').string(row.id());
    out.raw(',').number(origin);
    out.raw(',').number(entry.version());
    out.raw(',').number(entry.ageMillis());
    out.raw(',').number(entry.ttlMillis());
    out.raw(',').number(entry.ttlChosen() ? 1 : 0);
    entry.drained().ifPresent(reason -> out.raw(',').string(reason));
    out.raw(']');
  }
}

package io.hera.http.inspect;

import io.hera.access.ServiceSet;
import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.Parameters;
import io.hera.http.Query;
import io.hera.http.Right;
import io.hera.http.Route;
import io.hera.json.JsonWriter;
import io.hera.registry.View;
import io.hera.store.SearchHit;
import io.hera.store.SearchRequest;
import io.hera.store.SearchResult;
import io.hera.store.Store;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * {@code GET /_find?q=…}: the services, instances and documents with a text, of all that the client may read. One per HTTP verticle.
 */
public final class Find implements Endpoint {
  private static final String TEXT = "q";
  private static final String LIMIT = "limit";
  private static final int TEXT_MIN = 2;
  private static final int TEXT_MAX = 100;
  private static final int LIMIT_DEFAULT = 50;
  private static final int LIMIT_MAX = 200;
  private static final int HIT_BYTES = 128;

  private final Store store;

  public Find(Store store) {
    this.store = store;
  }

  @Override
  public Route route() {
    return Route.read("/_find", Parameters.of(TEXT, LIMIT, Query.ALL), Right.READ_SOME);
  }

  @Override
  public void handle(Exchange exchange) throws ProblemException {
    Query query = exchange.query();
    String text = text(query);
    int limit = (int) query.number(LIMIT, 1, LIMIT_MAX).orElse(LIMIT_DEFAULT);
    View.Extent extent = query.flag(Query.ALL) ? View.Extent.ALL : View.Extent.SHOWN;
    ServiceSet readable = exchange.readable();
    store
        .search(new SearchRequest(text, limit, extent, readable))
        .onSuccess(found -> reply(exchange, text, found))
        .onFailure(exchange::fail);
  }

  private static String text(Query query) throws ProblemException {
    String text = query.text(TEXT).orElse("");
    int length = text.codePointCount(0, text.length());
    if (length < TEXT_MIN || length > TEXT_MAX) {
      throw new ProblemException(
          Problem.invalidQuery("q: not a text of " + TEXT_MIN + " to " + TEXT_MAX + " characters"));
    }
    return text;
  }

  private static void reply(Exchange exchange, String text, Optional<SearchResult> found) {
    found.ifPresentOrElse(
        result -> exchange.json(Buffer.buffer(json(text, result))),
        () ->
            exchange.problem(Problem.tooManyQuestions("two searches are under way at this node")));
  }

  private static byte[] json(String text, SearchResult result) {
    JsonWriter out = new JsonWriter(HIT_BYTES * (2 + result.hits().size()));
    out.ascii("{\"q\":").string(text).ascii(",\"searched\":").number(result.searched());
    out.ascii(",\"more\":").ascii(Boolean.toString(result.more())).ascii(",\"hits\":[");
    String separator = "";
    for (SearchHit hit : result.hits()) {
      write(out.ascii(separator), hit);
      separator = ",";
    }
    return out.ascii("]}").toBytes();
  }

  private static void write(JsonWriter out, SearchHit hit) {
    out.ascii("{\"service\":").string(hit.service());
    if (hit instanceof SearchHit.InService) {
      out.ascii(",\"in\":\"service\"");
    } else if (hit instanceof SearchHit.InId instance) {
      out.ascii(",\"id\":").string(instance.id()).ascii(",\"in\":\"id\"");
    } else if (hit instanceof SearchHit.InDocument document) {
      out.ascii(",\"id\":").string(document.id()).ascii(",\"in\":\"document\"");
      document.match().pointer().ifPresent(pointer -> out.ascii(",\"pointer\":").string(pointer));
      out.ascii(",\"text\":").string(document.match().text());
    }
    out.raw('}');
  }
}

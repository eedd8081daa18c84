package io.hera.http.inspect;

import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.Parameters;
import io.hera.http.PathNames;
import io.hera.http.Right;
import io.hera.http.Route;
import io.hera.registry.View;
import io.hera.store.EntriesAsked;
import io.hera.store.Store;
import io.hera.wire.Percent;
import io.hera.wire.ProblemException;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** {@code GET /_cluster/<service>}: whether every node shows the same instances of a service. One per HTTP verticle. */
public final class ClusterService implements Endpoint {
  static final String PATH = "/_cluster/{service}";

  private static final AnswerForm TOTALS = AnswerForm.members(
      Map.of("content", AnswerForm.Kind.TEXT, "instances", AnswerForm.Kind.COUNT));

  private final Store store;
  private final ClusterReply reply;

  public ClusterService(Store store, ClusterReply reply) {
    this.store = store;
    this.reply = reply;
  }

  @Override
  public Route route() {
    return Route.read(PATH, Parameters.NONE, Right.READ_BELOW);
  }

  @Override
  public void handle(Exchange exchange) throws ProblemException {
    String service = PathNames.of(exchange.target()).service();
    Future<byte[]> own = store
        .serviceEntries(new EntriesAsked.OfIds(service, View.Extent.SHOWN, List.of()))
        .map(found -> EntriesOfService.json(service, found));
    reply.reply(exchange, "/_entries/" + Percent.encode(service), own, TOTALS);
  }
}

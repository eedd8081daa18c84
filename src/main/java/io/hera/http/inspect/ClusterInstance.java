package io.hera.http.inspect;

import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.Parameters;
import io.hera.http.PathNames;
import io.hera.http.Right;
import io.hera.http.Route;
import io.hera.registry.Key;
import io.hera.store.Store;
import io.hera.wire.Percent;
import io.hera.wire.ProblemException;
import io.vertx.core.Future;
import java.util.Map;

/** {@code GET /_cluster/<service>/<id>}: the entries on an instance that every node holds. One per HTTP verticle. */
public final class ClusterInstance implements Endpoint {
  private static final AnswerForm ENTRIES =
      AnswerForm.members(Map.of("entries", AnswerForm.Kind.LIST));

  private final Store store;
  private final ClusterReply reply;

  public ClusterInstance(Store store, ClusterReply reply) {
    this.store = store;
    this.reply = reply;
  }

  @Override
  public Route route() {
    return Route.read(ClusterService.PATH + "/{id}", Parameters.NONE, Right.READ_BELOW);
  }

  @Override
  public void handle(Exchange exchange) throws ProblemException {
    Key key = PathNames.of(exchange.target()).key();
    Future<byte[]> own = store.keyEntries(key).map(found -> EntriesOfInstance.json(key, found));
    String target = "/_entries/" + Percent.encode(key.service()) + "/" + Percent.encode(key.id());
    reply.reply(exchange, target, own, ENTRIES);
  }
}

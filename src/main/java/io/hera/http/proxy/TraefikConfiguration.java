package io.hera.http.proxy;

import io.hera.access.ServiceSet;
import io.hera.http.Endpoint;
import io.hera.http.EntityTags;
import io.hera.http.Exchange;
import io.hera.http.Parameters;
import io.hera.http.Query;
import io.hera.http.Right;
import io.hera.http.Route;
import io.hera.registry.View;
import io.hera.store.DocumentsAsked;
import io.hera.store.LeftOut;
import io.hera.store.ServiceDocuments;
import io.hera.store.ServiceNames;
import io.hera.store.Store;
import io.hera.wire.ProblemException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code GET /_sd/traefik}: the services as a configuration for Traefik's HTTP provider, which asks again and again. The last
 * configurations are kept until an instance comes, goes or changes; a worker makes each. One per HTTP verticle, used on its context only.
 */
public final class TraefikConfiguration implements Endpoint {
  private static final int KEPT_MAX = 8;

  private final Vertx vertx;
  private final Store store;
  private final LeftOut leftOut;
  /** The one used longest ago first. */
  private final Map<Question, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

  /** Serves what the store has. */
  public TraefikConfiguration(Vertx vertx, Store store, LeftOut leftOut) {
    this.vertx = vertx;
    this.store = store;
    this.leftOut = leftOut;
  }

  /**
   * What decides about a configuration.
   *
   * @param named the only services that are wanted; empty for all that the client may read
   */
  private record Question(ServiceSet readable, Set<String> named, TraefikTerms terms) {
    boolean wants(String service) {
      return named.isEmpty() ? readable.test(service) : named.contains(service);
    }
  }

  /**
   * A configuration, which is perhaps being made.
   *
   * @param change number of the last change before it was begun
   */
  private record Kept(long change, Future<TaggedText> text) {}

  @Override
  public Route route() {
    return Route.read(
        "/_sd/traefik",
        Parameters.of(
            Query.SERVICE, TraefikTerms.RULE, TraefikTerms.ENTRY_POINTS, TraefikTerms.DOCUMENTS),
        Right.READ_EACH);
  }

  @Override
  public void handle(Exchange exchange) throws ProblemException {
    TraefikTerms terms = TraefikTerms.of(exchange.query());
    Set<String> named = Set.copyOf(exchange.query().services());
    ServiceSet readable = named.isEmpty() ? exchange.readable() : ServiceSet.ALL;
    Question question = new Question(readable, named, terms);
    store
        .serviceNames(View.Extent.SHOWN)
        .compose(names -> text(question, names))
        .onSuccess(text -> reply(exchange, text))
        .onFailure(exchange::fail);
  }

  private static void reply(Exchange exchange, TaggedText text) {
    if (EntityTags.has(exchange.headers(HttpHeaderNames.IF_NONE_MATCH), text.etag())) {
      exchange.notModified(text.etag());
    } else {
      exchange.json(text.etag(), Buffer.buffer(text.bytes()));
    }
  }

  /** Returns the configuration that replies share as long as nothing changes. */
  private Future<TaggedText> text(Question question, ServiceNames names) {
    Kept known = kept.get(question);
    if (known != null && known.change == names.change() && !known.text.failed()) {
      return known.text;
    }
    List<String> wanted = names.services().stream().filter(question::wants).toList();
    Future<TaggedText> text = documents(wanted, new ArrayList<>())
        .compose(all -> vertx.executeBlocking(
            () -> TaggedText.of(new TraefikText(question.terms).of(all, leftOut)), false));
    kept.put(question, new Kept(names.change(), text));
    if (kept.size() > KEPT_MAX) {
      kept.remove(kept.keySet().iterator().next());
    }
    return text;
  }

  /** Adds the instances of these services, some services at a time. */
  private Future<List<ServiceDocuments>> documents(
      List<String> services, List<ServiceDocuments> all) {
    if (services.isEmpty()) {
      return Future.succeededFuture(all);
    }
    return store.documents(DocumentsAsked.next(services, 0, View.Extent.SHOWN)).compose(some -> {
      all.addAll(some);
      return documents(services.subList(some.size(), services.size()), all);
    });
  }
}

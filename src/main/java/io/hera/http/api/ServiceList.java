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
import io.hera.registry.Key;
import io.hera.registry.View;
import io.hera.store.Store;
import io.hera.wire.Names;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.vertx.core.Context;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code /}: the list of all services; with {@code ?service=}, the instances of those that are named, for a client that would have to ask
 * for each otherwise. One per HTTP verticle.
 */
public final class ServiceList implements Endpoint {
  private final Lookups lookups;
  private final ServiceWalk instances;

  public ServiceList(Context context, Store store, Lookups lookups) {
    this.lookups = lookups;
    this.instances = new ServiceWalk(
        context,
        store,
        new Shape(ReplyHeaders.JSON, "{", ",", "}", Members::write, View.Extent.SHOWN),
        Freshness.DOCUMENTS);
  }

  @Override
  public Route route() {
    return Route.read(
        ALL_SERVICES,
        Parameters.of(Query.PRETTY, Query.WAIT, Query.QUIET, Query.SERVICE),
        Right.READ_EACH);
  }

  @Override
  public void handle(Exchange exchange) throws ProblemException {
    List<String> named = named(exchange.query());
    if (named.isEmpty()) {
      lookups.services(exchange);
    } else if (exchange.wantsEvents()) {
      lookups.follow(exchange, Set.copyOf(named));
    } else {
      checkAlone(exchange.query());
      exchange.variesByAccept();
      instances.reply(exchange, named);
    }
  }

  /** Returns the services that a query names, in byte order. */
  private static List<String> named(Query query) throws ProblemException {
    List<String> named = query.services();
    for (String service : named) {
      Optional<String> flaw = Names.flawOfService(service);
      if (flaw.isPresent()) {
        throw new ProblemException(Problem.invalidQuery("service: " + flaw.get()));
      }
    }
    return named.stream().sorted(Key.BYTE_ORDER).toList();
  }

  private static void checkAlone(Query query) throws ProblemException {
    if (query.patienceMillis(List.of()) > 0 || query.pretty() || !query.quiet().isNone()) {
      throw new ProblemException(Problem.invalidQuery(
          "service: together with wait, quiet or pretty only in a stream of events"));
    }
  }
}

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
import io.hera.store.page.Workers;
import io.hera.wire.Names;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.vertx.core.Context;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code /}: the list of all services; with {@code ?service=}, the instances of those that are named, for a client that would have to ask
 * for each otherwise. With {@code ?all}, both have the instances that drains hide too (P18). One per HTTP verticle.
 */
public final class ServiceList implements Endpoint {
  private final Lookups lookups;
  private final ServiceWalk instances;
  private final ServiceWalk allInstances;
  private final RegisteredCounts allCounts;

  /** Writes long replies by {@code workers}. */
  public ServiceList(Context context, Store store, Lookups lookups, Workers workers) {
    this.lookups = lookups;
    this.instances = walk(context, store, View.Extent.SHOWN);
    this.allInstances = walk(context, store, View.Extent.ALL);
    this.allCounts = new RegisteredCounts(store, workers);
  }

  private static ServiceWalk walk(Context context, Store store, View.Extent extent) {
    Shape shape = new Shape(ReplyHeaders.JSON, "{", ",", "}", Members::write, extent);
    return new ServiceWalk(context, store, shape, Freshness.DOCUMENTS);
  }

  @Override
  public Route route() {
    return Route.read(
        ALL_SERVICES,
        Parameters.of(Query.PRETTY, Query.WAIT, Query.QUIET, Query.SERVICE, Query.ALL),
        Right.READ_EACH);
  }

  @Override
  public void handle(Exchange exchange) throws ProblemException {
    List<String> named = named(exchange.query());
    if (exchange.query().flag(Query.ALL)) {
      all(exchange, named);
    } else if (named.isEmpty()) {
      lookups.services(exchange);
    } else if (exchange.wantsEvents()) {
      lookups.follow(exchange, Set.copyOf(named));
    } else {
      checkAlone(
          exchange.query(),
          "service: together with wait, quiet or pretty only in a stream of events");
      exchange.variesByAccept();
      instances.reply(exchange, named);
    }
  }

  private void all(Exchange exchange, List<String> named) throws ProblemException {
    String alone = "all: not together with wait, quiet, pretty or a stream of events";
    if (exchange.wantsEvents()) {
      throw new ProblemException(Problem.invalidQuery(alone));
    }
    checkAlone(exchange.query(), alone);
    exchange.variesByAccept();
    if (named.isEmpty()) {
      allCounts.reply(exchange);
    } else {
      allInstances.reply(exchange, named);
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

  private static void checkAlone(Query query, String flaw) throws ProblemException {
    if (query.patienceMillis(List.of()) > 0 || query.pretty() || !query.quiet().isNone()) {
      throw new ProblemException(Problem.invalidQuery(flaw));
    }
  }
}

package io.hera.http.api;

import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.Parameters;
import io.hera.http.Query;
import io.hera.http.ReplyHeaders;
import io.hera.http.Right;
import io.hera.http.Route;
import io.hera.http.ServiceWalk;
import io.hera.http.ServiceWalk.Freshness;
import io.hera.http.ServiceWalk.Shape;
import io.hera.http.SharedWalk;
import io.hera.http.Target;
import io.hera.json.JsonWriter;
import io.hera.registry.View;
import io.hera.store.InstanceDocument;
import io.hera.store.Store;
import io.hera.store.page.Subject;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.vertx.core.Context;
import java.util.List;

/** {@code /<service>}: the instances of a service. One per HTTP verticle. */
public final class ServiceInstances implements Endpoint {
  private final Lookups lookups;
  private final ServiceWalk all;

  /** Serves what {@code lookups} read, and with {@code ?all} also the instances that drains hide (P18). */
  public ServiceInstances(Context context, Store store, Lookups lookups) {
    this.lookups = lookups;
    this.all = new ServiceWalk(
        context,
        store,
        new Shape(ReplyHeaders.JSON, "{", ",", "}", ServiceInstances::write, View.Extent.ALL),
        Freshness.DOCUMENTS);
  }

  @Override
  public Route route() {
    return Route.read(
        ONE_SERVICE,
        Parameters.of(
            Query.PRETTY,
            Query.WAIT,
            Query.QUIET,
            Query.MATCH,
            Query.NEAR,
            Query.NEAR_MIN,
            Query.ALL),
        Right.READ);
  }

  @Override
  public void handle(Exchange exchange) throws ProblemException {
    Subject.Service service = ((Target.OneService) exchange.target()).service();
    if (exchange.query().flag(Query.ALL)) {
      checkAlone(exchange);
      exchange.variesByAccept();
      all.reply(exchange, List.of(service.name()));
    } else {
      lookups.service(exchange, service);
    }
  }

  private static void checkAlone(Exchange exchange) throws ProblemException {
    Query query = exchange.query();
    boolean waits = query.patienceMillis(List.of()) > 0 || exchange.wantsEvents();
    if (waits || query.pretty() || !query.quiet().isNone() || !query.filter().isEmpty()) {
      throw new ProblemException(Problem.invalidQuery(
          "all: not together with wait, quiet, match, near, pretty or a stream of events"));
    }
  }

  private static Runnable write(List<SharedWalk.Part> parts, JsonWriter out) {
    String separator = "";
    for (SharedWalk.Part part : parts) {
      for (InstanceDocument instance : part.instances()) {
        out.ascii(separator).string(instance.id()).raw(':').raw(instance.document());
        separator = ",";
      }
    }
    return () -> {};
  }
}

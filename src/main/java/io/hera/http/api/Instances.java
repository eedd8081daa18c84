package io.hera.http.api;

import io.hera.http.AuditLog;
import io.hera.http.AuditedChanges;
import io.hera.http.Bodies;
import io.hera.http.DrainedHeader;
import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.HttpLimits;
import io.hera.http.Parameters;
import io.hera.http.Query;
import io.hera.http.Right;
import io.hera.http.Route;
import io.hera.http.Target;
import io.hera.json.Documents;
import io.hera.json.Malformed;
import io.hera.registry.InstanceView;
import io.hera.registry.Key;
import io.hera.registry.Outcome;
import io.hera.store.InstanceCounts;
import io.hera.store.Store;
import io.hera.store.Write;
import io.hera.store.WriteBatcher;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code /<service>/<id>}: registers, renews and deregisters an instance; {@link Lookups} reads it. One per HTTP verticle. */
public final class Instances implements Endpoint {
  private final Store store;
  private final WriteBatcher writes;
  private final InstanceCounts drained;
  private final Lookups lookups;
  private final Bodies bodies;
  private final Supplier<HttpLimits> limits;
  private final AuditLog audit;
  private final RenewalHints hints;

  public Instances(
      Store store,
      WriteBatcher writes,
      InstanceCounts drained,
      Lookups lookups,
      Bodies bodies,
      Supplier<HttpLimits> limits,
      AuditLog audit,
      RenewalHints hints) {
    this.store = store;
    this.writes = writes;
    this.drained = drained;
    this.lookups = lookups;
    this.bodies = bodies;
    this.limits = limits;
    this.audit = audit;
    this.hints = hints;
  }

  @Override
  public Route route() {
    return Route.read(
            ONE_INSTANCE, Parameters.of(Query.PRETTY, Query.WAIT, Query.QUIET), Right.READ)
        .and(HttpMethod.PUT, Parameters.of(Query.TTL), Right.WRITE)
        .and(HttpMethod.DELETE, Parameters.NONE, Right.WRITE);
  }

  @Override
  public void handle(Exchange exchange) throws ProblemException {
    Key key = ((Target.OneInstance) exchange.target()).key();
    switch (exchange.method().name()) {
      case "PUT" -> put(exchange, key);
      case "DELETE" -> replyTo(exchange, key, send(exchange, new Write.Remove(key)));
      default -> lookups.instance(exchange, key);
    }
  }

  private void put(Exchange exchange, Key key) throws ProblemException {
    long ttlMillis = exchange.query().ttlMillis();
    replyTo(
        exchange, key, bodies.read(exchange).compose(body -> put(exchange, key, body, ttlMillis)));
  }

  private Future<Outcome> put(Exchange exchange, Key key, Buffer body, long ttlMillis) {
    if (body.length() == 0) {
      return send(exchange, new Write.Renew(key, ttlMillis));
    }
    byte[] document = body.getBytes();
    HttpLimits now = limits.get();
    try {
      Documents.check(document, now.documentBytesMax(), now.documentDepthMax());
    } catch (Malformed malformed) {
      return Future.failedFuture(new ProblemException(Problem.invalidDocument(malformed)));
    }
    return send(exchange, new Write.Put(key, document, ttlMillis));
  }

  private Future<Outcome> send(Exchange exchange, Write write) {
    return audit.hasChanges() ? sendAudited(exchange, write) : sendBy(exchange, write);
  }

  private Future<Outcome> sendAudited(Exchange exchange, Write write) {
    AuditedChanges changes = new AuditedChanges(exchange);
    return sendBy(exchange, changes.noting(write)).onSuccess(outcome -> changes.log());
  }

  private Future<Outcome> sendBy(Exchange exchange, Write write) {
    return writes.send(new Write.By(exchange.author(), Preconditions.conditional(exchange, write)));
  }

  private void replyTo(Exchange exchange, Key key, Future<Outcome> written) {
    written.onComplete(outcome -> reply(exchange, key, outcome), exchange::fail);
  }

  private void reply(Exchange exchange, Key key, Outcome outcome) {
    if (!outcome.isDone()) {
      exchange.problem(Problem.of(outcome));
    } else if (drained.of(key.service()) > 0) { // few services have such instances
      tellDrained(exchange, key).onComplete(told -> done(exchange, key, outcome));
    } else {
      done(exchange, key, outcome);
    }
  }

  /** Tells the owner that its instance is hidden, and why (P18). */
  private Future<Optional<InstanceView>> tellDrained(Exchange exchange, Key key) {
    return store
        .find(key)
        .onSuccess(found -> found
            .flatMap(InstanceView::drained)
            .ifPresent(reason -> DrainedHeader.put(exchange, reason)));
  }

  private void done(Exchange exchange, Key key, Outcome outcome) {
    if (outcome == Outcome.DONE_LATE) {
      hints.put(exchange, key).onComplete(put -> exchange.done());
    } else {
      exchange.done();
    }
  }
}

package io.hera.http.api;

import io.hera.http.AuditLog;
import io.hera.http.AuditedChanges;
import io.hera.http.Bodies;
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
import io.hera.registry.Key;
import io.hera.registry.Outcome;
import io.hera.store.Write;
import io.hera.store.WriteBatcher;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** {@code /<service>/<id>}: registers, renews and deregisters an instance; {@link Lookups} reads it. One per HTTP verticle. */
public final class Instances implements Endpoint {
  private final WriteBatcher writes;
  private final Lookups lookups;
  private final Bodies bodies;
  private final Supplier<HttpLimits> limits;
  private final AuditLog audit;

  public Instances(
      WriteBatcher writes,
      Lookups lookups,
      Bodies bodies,
      Supplier<HttpLimits> limits,
      AuditLog audit) {
    this.writes = writes;
    this.lookups = lookups;
    this.bodies = bodies;
    this.limits = limits;
    this.audit = audit;
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
      case "DELETE" -> remove(exchange, key);
      default -> lookups.instance(exchange, key);
    }
  }

  private void put(Exchange exchange, Key key) throws ProblemException {
    long ttlMillis = exchange.query().ttlMillis();
    Renewal renewal = new Renewal(exchange);
    bodies
        .read(exchange)
        .compose(body -> put(renewal, key, body, ttlMillis))
        .onComplete(renewal::reply, exchange::fail);
  }

  private Future<Outcome> put(Renewal renewal, Key key, Buffer body, long ttlMillis) {
    if (body.length() == 0) {
      return send(renewal.exchange(), new Write.Renew(key, ttlMillis), renewal::of);
    }
    byte[] document = body.getBytes();
    HttpLimits now = limits.get();
    try {
      Documents.check(document, now.documentBytesMax(), now.documentDepthMax());
    } catch (Malformed malformed) {
      return Future.failedFuture(new ProblemException(Problem.invalidDocument(malformed)));
    }
    return send(renewal.exchange(), new Write.Put(key, document, ttlMillis), renewal::of);
  }

  private void remove(Exchange exchange, Key key) {
    send(exchange, new Write.Remove(key), UnaryOperator.identity())
        .onComplete(outcome -> removed(exchange, outcome), exchange::fail);
  }

  private static void removed(Exchange exchange, Outcome outcome) {
    if (outcome.isDone()) {
      exchange.done();
    } else {
      exchange.problem(Problem.of(outcome));
    }
  }

  /** Does a write under the conditions of the request; {@code shown} may add who is shown what it leaves. */
  private Future<Outcome> send(Exchange exchange, Write write, UnaryOperator<Write> shown) {
    if (!audit.hasChanges()) {
      return sendBy(exchange, write, shown);
    }
    AuditedChanges changes = new AuditedChanges(exchange);
    return sendBy(exchange, changes.noting(write), shown).onSuccess(outcome -> changes.log());
  }

  private Future<Outcome> sendBy(Exchange exchange, Write write, UnaryOperator<Write> shown) {
    Write wanted = shown.apply(Preconditions.conditional(exchange, write));
    return writes.send(new Write.By(exchange.author(), wanted));
  }
}

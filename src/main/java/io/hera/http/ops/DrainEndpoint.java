package io.hera.http.ops;

import io.hera.http.AuditedOperation;
import io.hera.http.Bodies;
import io.hera.http.DrainedHeader;
import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.Parameters;
import io.hera.http.Query;
import io.hera.http.Right;
import io.hera.http.Route;
import io.hera.json.JsonWriter;
import io.hera.registry.Drains;
import io.hera.registry.Selector;
import io.hera.store.DrainCommand;
import io.hera.store.DrainReply;
import io.hera.store.Store;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * {@code /_drain/<service>}, {@code /_drain/<service>/<id>} and {@code /_drain/*?match=<member>:<value>}: an operator takes instances
 * out of what clients see, and brings them back (P18). One per path and HTTP verticle.
 */
public final class DrainEndpoint implements Endpoint {
  /** Path of the drain of a service, or of a machine. */
  public static final String SERVICE = "/_drain/{service}";

  /** Path of the drain of an instance. */
  public static final String INSTANCE = "/_drain/{service}/{id}";

  private static final CharSequence NOT_SAVED = HttpHeaders.createOptimized("hera-not-saved");

  private final String path;
  private final Store store;
  private final Bodies bodies;
  private final InstantSource wall;
  private final DrainSaver saver;

  /** Serves one of the paths; {@code bodies} read the reasons, and {@code wall} dates the commands. */
  public DrainEndpoint(
      String path, Store store, Bodies bodies, InstantSource wall, DrainSaver saver) {
    this.path = path;
    this.store = store;
    this.bodies = bodies;
    this.wall = wall;
    this.saver = saver;
  }

  @Override
  public Route route() {
    return Route.read(path, Parameters.of(Query.MATCH), Right.OPERATE)
        .and(HttpMethod.PUT, Parameters.of(Query.MATCH, Query.FOR, Query.FORCE), Right.OPERATE)
        .and(HttpMethod.DELETE, Parameters.of(Query.MATCH), Right.OPERATE);
  }

  @Override
  public void handle(Exchange exchange) throws ProblemException {
    Selector selector = DrainTarget.of(exchange);
    switch (exchange.method().name()) {
      case "PUT" -> put(exchange, selector);
      case "DELETE" -> command(exchange, new DrainCommand.Remove(selector), "");
      default -> read(exchange, selector);
    }
  }

  private void put(Exchange exchange, Selector selector) throws ProblemException {
    long ttlMillis = exchange.query().forMillis().orElse(0);
    if (ttlMillis >= Drains.TTL_MILLIS) {
      throw new ProblemException(Problem.invalidQuery(
          "for: 30 days or more; a drain without it lasts until it is removed"));
    }
    boolean forced = exchange.query().flag(Query.FORCE);
    DrainCommand.Caution caution =
        forced ? DrainCommand.Caution.FORCED : DrainCommand.Caution.ASKED;
    String end = ttlMillis > 0 ? " for_ms=" + ttlMillis : "";
    String how = end + (forced ? " force=true" : "");
    OperatorReason.of(exchange, bodies)
        .onSuccess(reason -> {
          byte[] document = DrainNote.of(exchange, reason, wall.instant());
          command(
              exchange,
              new DrainCommand.Put(selector, document, ttlMillis, caution),
              how + reason.field());
        })
        .onFailure(exchange::fail);
  }

  /** Gives a command; {@code how} is the end of its line in the audit log. */
  private void command(Exchange exchange, DrainCommand command, String how) {
    store
        .drain(command)
        .onSuccess(reply -> {
          log(exchange, command, reply, how);
          reply(exchange, reply);
        })
        .onFailure(exchange::fail);
  }

  private static void log(Exchange exchange, DrainCommand command, DrainReply reply, String how) {
    if (reply instanceof DrainReply.Done) {
      String verb = command instanceof DrainCommand.Put ? "drained" : "undrained";
      String selector = " selector=" + command.selector().text();
      AuditedOperation.log(exchange, verb, selector + how);
    }
  }

  private void reply(Exchange exchange, DrainReply reply) {
    if (reply instanceof DrainReply.Refused refused) {
      exchange.problem(Problem.of(refused.outcome()));
    } else if (reply instanceof DrainReply.WouldEmpty empties) {
      exchange.problem(Problem.wouldEmpty(empties.services()));
    } else if (reply instanceof DrainReply.MixedVersions mixed) {
      exchange.problem(Problem.mixedVersions(mixed.peers()));
    } else {
      saver.save().onSuccess(notSaved -> done(exchange, notSaved)).onFailure(exchange::fail);
    }
  }

  /** A drain that could not be saved holds all the same: this node tells its peers of it. */
  private static void done(Exchange exchange, Optional<String> notSaved) {
    notSaved.ifPresent(reason -> exchange.putHeader(NOT_SAVED, DrainedHeader.printable(reason)));
    exchange.done();
  }

  private void read(Exchange exchange, Selector selector) {
    store
        .drains()
        .onSuccess(drains -> reply(exchange, drains, selector.text()))
        .onFailure(exchange::fail);
  }

  private static void reply(Exchange exchange, List<Drains.State> drains, String text) {
    Optional<Drains.State> found =
        drains.stream().filter(drain -> drain.selector().equals(text)).findAny();
    if (found.isEmpty()) {
      exchange.problem(Problem.unknownDrain());
      return;
    }
    JsonWriter out = new JsonWriter(256);
    DrainNote.write(out, found.get());
    exchange.json(Buffer.buffer(out.toBytes()));
  }
}

package io.hera.http.eureka;

import io.hera.eureka.EurekaInstance;
import io.hera.eureka.EurekaMapping;
import io.hera.eureka.EurekaStatus;
import io.hera.http.AuditLog;
import io.hera.http.AuditedChanges;
import io.hera.http.Bodies;
import io.hera.http.EurekaPath;
import io.hera.http.Exchange;
import io.hera.http.HttpLimits;
import io.hera.json.Documents;
import io.hera.json.Malformed;
import io.hera.registry.InstanceView;
import io.hera.registry.Key;
import io.hera.registry.Outcome;
import io.hera.store.Store;
import io.hera.store.Write;
import io.hera.store.WriteBatcher;
import io.hera.store.page.Listing;
import io.hera.wire.Names;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What clients of Eureka write: they register and renew instances, cancel them, and override their status. One per HTTP verticle.
 *
 * <p>Clients understand the status of a reply and nothing else. A renewal gets 404 for an instance that the node does not have, or that
 * has changed at its client since: it registers itself then.
 */
public final class EurekaWrites {
  private static final String APPS = "apps";
  private static final String STATUS = "status";
  private static final String METADATA = "metadata";
  private static final int TRIES = 3;
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

  private final Store store;
  private final WriteBatcher writes;
  private final Bodies bodies;
  private final Supplier<HttpLimits> limits;
  private final AuditLog audit;

  public EurekaWrites(
      Store store,
      WriteBatcher writes,
      Bodies bodies,
      Supplier<HttpLimits> limits,
      AuditLog audit) {
    this.store = store;
    this.writes = writes;
    this.bodies = bodies;
    this.limits = limits;
    this.audit = audit;
  }

  /** What an instance becomes. */
  @FunctionalInterface
  private interface Change {
    /** Returns the write, by what this node has now; empty if it needs an instance that does not exist. */
    Optional<Write> of(Optional<InstanceView> now) throws ProblemException;
  }

  void post(Exchange exchange, EurekaPath path) throws ProblemException {
    if (!path.is(APPS, 1)) {
      throw new ProblemException(Problem.unknownEndpoint());
    }
    String service = path.service().orElseThrow();
    reply(exchange, bodies.read(exchange).compose(body -> register(exchange, service, body)), 204);
  }

  void put(Exchange exchange, EurekaPath path) throws ProblemException {
    if (path.is(APPS, 2)) {
      renew(exchange, key(path));
    } else if (path.is(APPS, 3) && path.segment(3).equals(STATUS)) {
      EurekaStatus status = status(exchange)
          .orElseThrow(() -> new ProblemException(
              Problem.invalidQuery("value: not a status such as OUT_OF_SERVICE or UP")));
      setStatus(exchange, key(path), instance -> instance.overridden(status));
    } else if (path.is(APPS, 3) && path.segment(3).equals(METADATA)) {
      addMetadata(exchange, key(path));
    } else {
      throw new ProblemException(Problem.unknownEndpoint());
    }
  }

  void delete(Exchange exchange, EurekaPath path) throws ProblemException {
    if (path.is(APPS, 2)) {
      reply(exchange, send(exchange, new Write.Remove(key(path)), Optional.empty()), 200);
    } else if (path.is(APPS, 3) && path.segment(3).equals(STATUS)) {
      Optional<EurekaStatus> status = status(exchange);
      setStatus(
          exchange, key(path), instance -> instance.released(status.orElse(instance.ownStatus())));
    } else {
      throw new ProblemException(Problem.unknownEndpoint());
    }
  }

  /** Carries an override over, which the client does not know. */
  private Future<Outcome> register(Exchange exchange, String service, Buffer body) {
    try {
      byte[] bytes = checked(body.getBytes());
      EurekaInstance sent = EurekaMapping.ofBody(bytes, service);
      Key key = key(service, sent.id());
      long ttlMillis = 1_000L * sent.lease().durationSeconds();
      return change(
          exchange,
          key,
          now -> {
            EurekaStatus override = now.flatMap(
                    view -> EurekaMapping.ofDocument(service, key.id(), view.document()))
                .map(EurekaInstance::override)
                .filter(status -> status != EurekaStatus.UNKNOWN)
                .orElse(sent.override());
            byte[] document = EurekaMapping.document(sent.overridden(override));
            return Optional.of(new Write.Put(key, checked(document), ttlMillis));
          },
          1);
    } catch (Malformed malformed) {
      return Future.failedFuture(new ProblemException(Problem.invalidDocument(malformed)));
    } catch (ProblemException refused) {
      return Future.failedFuture(refused);
    }
  }

  /** Clients send a body or not, and a status; neither counts. */
  private void renew(Exchange exchange, Key key) throws ProblemException {
    Optional<Long> dirty = exchange
        .query()
        .text("lastDirtyTimestamp")
        .filter(text -> DIGITS.matcher(text).matches())
        .map(Long::valueOf);
    Write.Renew renewal = new Write.Renew(key, 0);
    Future<Outcome> renewed = dirty.isEmpty()
        ? send(exchange, renewal, Optional.empty())
        : store
            .find(key)
            .compose(now -> isOlder(key, now, dirty.get())
                ? Future.succeededFuture(Outcome.UNKNOWN_INSTANCE)
                : send(exchange, renewal, Optional.empty()));
    reply(exchange, renewed, 200);
  }

  /** Returns whether the node has an instance as it was before it changed at this time. A plain document says nothing about that. */
  private static boolean isOlder(Key key, Optional<InstanceView> now, long dirtyMillis) {
    return now.flatMap(view -> EurekaMapping.ofDocument(key.service(), key.id(), view.document()))
        .filter(known -> known.dirtyMillis() > 0 && known.dirtyMillis() < dirtyMillis)
        .isPresent();
  }

  /** How an instance changes. */
  @FunctionalInterface
  private interface StatusChange {
    EurekaInstance of(EurekaInstance now);
  }

  private void setStatus(Exchange exchange, Key key, StatusChange change) {
    Change document = now -> {
      Optional<byte[]> changed =
          now.flatMap(view -> EurekaMapping.ofDocument(key.service(), key.id(), view.document())
              .map(change::of)
              .map(other -> EurekaMapping.withStatus(view.document(), other)));
      return changed.isEmpty()
          ? Optional.empty()
          : Optional.of(new Write.Put(key, checked(changed.get()), 0));
    };
    reply(exchange, change(exchange, key, document, 1), 200);
  }

  private void addMetadata(Exchange exchange, Key key) throws ProblemException {
    Map<String, String> more = new LinkedHashMap<>();
    for (String name : exchange.query().names()) {
      more.put(name, exchange.query().text(name).orElse(""));
    }
    more.remove("");
    Change document = now -> now.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Write.Put(key, checked(EurekaMapping.withMetadata(now.get().document(), more)), 0));
    reply(exchange, change(exchange, key, document, 1), 200);
  }

  /** Changes an instance as the node has it; if it changes meanwhile, again, and at last whatever it is. */
  private Future<Outcome> change(Exchange exchange, Key key, Change change, int attempt) {
    return store.find(key).compose(now -> {
      Optional<Write> write;
      try {
        write = change.of(now);
      } catch (ProblemException refused) {
        return Future.failedFuture(refused);
      }
      if (write.isEmpty()) {
        return Future.succeededFuture(Outcome.UNKNOWN_INSTANCE);
      }
      boolean last = attempt == TRIES;
      return send(exchange, write.get(), last ? Optional.empty() : Optional.of(tag(now)))
          .compose(outcome -> outcome == Outcome.PRECONDITION_FAILED
              ? change(exchange, key, change, attempt + 1)
              : Future.succeededFuture(outcome));
    });
  }

  private static Optional<String> tag(Optional<InstanceView> now) {
    return now.map(view -> Listing.etag(view.content()));
  }

  /**
   * Does a write, with a line in the audit log if that has them.
   *
   * @param condition the tag that the instance must have; empty if there is no condition
   */
  private Future<Outcome> send(
      Exchange exchange, Write write, Optional<Optional<String>> condition) {
    AuditedChanges changes = new AuditedChanges(exchange);
    Write noted = audit.hasChanges() ? changes.noting(write) : write;
    Write wanted =
        condition.<Write>map(tag -> new Write.Conditional(noted, tag::equals)).orElse(noted);
    return writes.send(new Write.By(exchange.author(), wanted)).onSuccess(outcome -> changes.log());
  }

  private static void reply(Exchange exchange, Future<Outcome> outcome, int status) {
    outcome.onComplete(
        ended -> {
          if (ended.isDone()) {
            exchange.empty(status);
          } else {
            exchange.problem(Problem.of(ended));
          }
        },
        exchange::fail);
  }

  private static Optional<EurekaStatus> status(Exchange exchange) throws ProblemException {
    return exchange.query().text("value").flatMap(EurekaStatus::named);
  }

  private static Key key(EurekaPath path) throws ProblemException {
    return key(path.service().orElseThrow(), path.segment(2));
  }

  private static Key key(String service, String id) throws ProblemException {
    Optional<String> flaw = Names.flawOfId(id);
    if (flaw.isPresent()) {
      throw new ProblemException(Problem.invalidPath(flaw.get()));
    }
    return new Key(service, id);
  }

  private byte[] checked(byte[] document) throws ProblemException {
    HttpLimits now = limits.get();
    try {
      Documents.check(document, now.documentBytesMax(), now.documentDepthMax());
      return document;
    } catch (Malformed malformed) {
      throw new ProblemException(Problem.invalidDocument(malformed));
    }
  }
}

package io.hera.http.api;

import io.hera.http.Bodies;
import io.hera.http.Exchange;
import io.hera.http.HttpLimits;
import io.hera.json.ArrayCursor;
import io.hera.json.Documents;
import io.hera.json.Malformed;
import io.hera.json.ObjectCursor;
import io.hera.registry.Key;
import io.hera.registry.Outcome;
import io.hera.store.Store;
import io.hera.store.Write;
import io.hera.wire.Names;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Many writes in one request, for agents that speak for all services of a machine, and for imports. An item that is wrong does not
 * affect the others. One per HTTP verticle.
 */
public final class Batches {
  /** Writes per message: small enough not to stall the store. */
  private static final int WRITES_MAX = 1_000;

  private final Store store;
  private final Bodies bodies;
  private final Supplier<HttpLimits> limits;

  /** Reads by {@code bodies}, which bound them by {@link HttpLimits#batchBytesMax}. */
  public Batches(Store store, Bodies bodies, Supplier<HttpLimits> limits) {
    this.store = store;
    this.bodies = bodies;
    this.limits = limits;
  }

  /** One write of many, or the problem with it. */
  record Item(String service, String id, Optional<Write> write, Optional<Problem> problem) {
    static Item of(Key key, Write write) {
      return new Item(key.service(), key.id(), Optional.of(write), Optional.empty());
    }

    static Item failed(String service, String id, Problem problem) {
      return new Item(service, id, Optional.empty(), Optional.of(problem));
    }
  }

  /** Makes items of a body that is one JSON object. */
  private interface Parser {
    List<Item> parse(byte[] body, long ttlMillis) throws Malformed;
  }

  /** Renews; returns the items that failed. The body is an object of services → ids. */
  Future<List<Item>> renew(Exchange exchange) throws ProblemException {
    return items(exchange, this::renewals);
  }

  /** Registers; returns the items that failed. The body is an object of services → ids → documents. */
  Future<List<Item>> register(Exchange exchange) throws ProblemException {
    return items(exchange, this::registrations);
  }

  /** Does the writes of the body; returns the items that failed. */
  private Future<List<Item>> items(Exchange exchange, Parser parser) throws ProblemException {
    long ttlMillis = exchange.query().ttlMillis();
    return bodies.read(exchange).compose(body -> {
      try {
        byte[] bytes = body.getBytes();
        Documents.check(bytes, bytes.length, limits.get().documentDepthMax() + 2);
        return write(parser.parse(bytes, ttlMillis), 0, new ArrayList<>());
      } catch (Malformed malformed) {
        return Future.failedFuture(new ProblemException(Problem.invalidDocument(malformed)));
      }
    });
  }

  private Future<List<Item>> write(List<Item> items, int from, List<Item> failed) {
    if (from >= items.size()) {
      return Future.succeededFuture(failed);
    }
    List<Item> slice = items.subList(from, Math.min(items.size(), from + WRITES_MAX));
    slice.stream().filter(item -> item.write.isEmpty()).forEach(failed::add);
    List<Item> writing = slice.stream().filter(item -> item.write.isPresent()).toList();
    return store
        .write(writing.stream().map(item -> item.write.orElseThrow()).toList())
        .compose(outcomes -> {
          for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) == Outcome.RECOVERING) {
              return Future.failedFuture(new ProblemException(Problem.recovering()));
            }
            if (outcomes.get(i) != Outcome.DONE) {
              Item item = writing.get(i);
              failed.add(Item.failed(item.service, item.id, Problem.of(outcomes.get(i))));
            }
          }
          return write(items, from + WRITES_MAX, failed);
        });
  }

  private List<Item> renewals(byte[] body, long ttlMillis) throws Malformed {
    List<Item> items = new ArrayList<>();
    ObjectCursor services = new ObjectCursor(body);
    while (services.next()) {
      if (body[services.from()] != '[') {
        throw services.flaw("a service needs an array of ids");
      }
      ArrayCursor ids = new ArrayCursor(services.value());
      while (ids.next()) {
        String id = ids.text();
        if (id == null) {
          throw services.flaw("an id is a string");
        }
        items.add(renewal(services.name(), id, ttlMillis));
      }
    }
    return items;
  }

  private static Item renewal(String service, String id, long ttlMillis) {
    if (flaw(service, id).isPresent()) {
      return Item.failed(service, id, Problem.unknownInstance());
    }
    Key key = new Key(service, id);
    return Item.of(key, new Write.Renew(key, ttlMillis));
  }

  private List<Item> registrations(byte[] body, long ttlMillis) throws Malformed {
    List<Item> items = new ArrayList<>();
    ObjectCursor services = new ObjectCursor(body);
    while (services.next()) {
      if (body[services.from()] != '{') {
        throw services.flaw("a service needs an object of instances");
      }
      ObjectCursor instances = new ObjectCursor(services.value());
      while (instances.next()) {
        items.add(registration(services.name(), instances.name(), instances.value(), ttlMillis));
      }
    }
    return items;
  }

  private Item registration(String service, String id, byte[] document, long ttlMillis) {
    Optional<String> flaw = flaw(service, id);
    if (flaw.isPresent()) {
      return Item.failed(service, id, Problem.invalidPath(flaw.get()));
    }
    HttpLimits now = limits.get();
    try {
      Documents.check(document, now.documentBytesMax(), now.documentDepthMax());
      Key key = new Key(service, id);
      return Item.of(key, new Write.Put(key, document, ttlMillis));
    } catch (Malformed malformed) {
      return Item.failed(service, id, Problem.invalidDocument(malformed));
    }
  }

  private static Optional<String> flaw(String service, String id) {
    return Names.flawOfService(service).or(() -> Names.flawOfId(id));
  }
}

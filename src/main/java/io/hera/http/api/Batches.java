package io.hera.http.api;

import io.hera.http.Bodies;
import io.hera.http.Exchange;
import io.hera.http.HttpLimits;
import io.hera.http.LineBodies;
import io.hera.http.api.BatchItem.Refused;
import io.hera.http.api.BatchItem.Wanted;
import io.hera.json.Malformed;
import io.hera.registry.Outcome;
import io.hera.store.Store;
import io.hera.store.Write;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
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
  private final LineBodies lines;
  private final Supplier<HttpLimits> limits;

  /** Reads whole bodies by {@code bodies}, which bound them by {@link HttpLimits#batchBytesMax}, and others by {@code lines}. */
  public Batches(Store store, Bodies bodies, LineBodies lines, Supplier<HttpLimits> limits) {
    this.store = store;
    this.bodies = bodies;
    this.lines = lines;
    this.limits = limits;
  }

  /** Makes items of a body that is one JSON object. */
  private interface Parser {
    List<BatchItem> parse(BatchReader reader, byte[] body) throws Malformed;
  }

  /** Renews; returns the items that failed, each counted. The body is an object of services → ids. */
  Future<List<Refused>> renew(Exchange exchange) throws ProblemException {
    return items(exchange, BatchReader::renewals);
  }

  /** Registers; returns the items that failed, each counted. The body is an object of services → ids → documents. */
  Future<List<Refused>> register(Exchange exchange) throws ProblemException {
    return items(exchange, BatchReader::registrations);
  }

  /** Registers line by line, so that the body may have any size; returns the items that failed. */
  Future<Failures> registerLines(Exchange exchange) throws ProblemException {
    long ttlMillis = exchange.query().ttlMillis();
    Failures failures = new Failures(exchange);
    LineBodies.Reader reader = some -> {
      LineReader parser = new LineReader(new BatchReader(limits.get(), ttlMillis));
      List<BatchItem> items =
          some.stream().flatMap(line -> parser.read(line).stream()).toList();
      return write(items, 0, new ArrayList<>())
          .onSuccess(failed -> failed.forEach(failures::add))
          .mapEmpty();
    };
    return lines.read(exchange, reader).map(failures);
  }

  /** Does the writes of the body; returns the items that failed. */
  private Future<List<Refused>> items(Exchange exchange, Parser parser) throws ProblemException {
    long ttlMillis = exchange.query().ttlMillis();
    return bodies
        .read(exchange)
        .compose(body -> {
          try {
            BatchReader reader = new BatchReader(limits.get(), ttlMillis);
            return write(parser.parse(reader, body.getBytes()), 0, new ArrayList<>());
          } catch (Malformed malformed) {
            return Future.failedFuture(new ProblemException(Problem.invalidDocument(malformed)));
          }
        })
        .onSuccess(failed -> failed.forEach(item -> exchange.count(item.problem())));
  }

  private Future<List<Refused>> write(List<BatchItem> items, int from, List<Refused> failed) {
    if (from >= items.size()) {
      return Future.succeededFuture(failed);
    }
    int to = Math.min(items.size(), from + WRITES_MAX);
    return write(items.subList(from, to), failed).compose(written -> write(items, to, failed));
  }

  /** Does the writes of one message, and adds the items that failed. */
  private Future<Void> write(List<BatchItem> items, List<Refused> failed) {
    List<Write> writes = new ArrayList<>();
    for (BatchItem item : items) {
      if (item instanceof Wanted wanted) {
        writes.add(wanted.write());
      } else {
        failed.add((Refused) item);
      }
    }
    return store.write(writes).compose(outcomes -> {
      if (outcomes.contains(Outcome.RECOVERING)) {
        return Future.failedFuture(new ProblemException(Problem.recovering()));
      }
      for (int i = 0; i < outcomes.size(); i++) {
        if (outcomes.get(i) != Outcome.DONE) {
          failed.add(refused(writes.get(i), outcomes.get(i)));
        }
      }
      return Future.succeededFuture();
    });
  }

  private static Refused refused(Write write, Outcome outcome) {
    return new Refused(write.key().service(), write.key().id(), Problem.of(outcome));
  }
}

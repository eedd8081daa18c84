package io.hera.http.api;

import io.hera.http.AuditLog;
import io.hera.http.AuditedChanges;
import io.hera.http.Bodies;
import io.hera.http.Exchange;
import io.hera.http.HttpLimits;
import io.hera.http.LineBodies;
import io.hera.http.api.BatchItem.Refused;
import io.hera.http.api.BatchItem.Wanted;
import io.hera.json.Malformed;
import io.hera.registry.Outcome;
import io.hera.store.DrainsInForce;
import io.hera.store.Store;
import io.hera.store.Write;
import io.hera.store.history.Author;
import io.hera.store.page.Workers;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Many writes in one request, for agents that speak for all services of a machine, and for imports. An item that is wrong does not
 * affect the others. One per HTTP verticle.
 *
 * <p>A worker parses a long body, and writes the reply to it.
 */
public final class Batches {
  /** Bodies of more bytes are parsed by a worker. */
  private static final int AT_ONCE_BYTES_MAX = 32 << 10;

  private final Store store;
  private final Bodies bodies;
  private final LineBodies lines;
  private final Supplier<HttpLimits> limits;
  private final Workers workers;
  private final AuditLog audit;
  private final RenewalHints hints;
  private final DrainsInForce drains;

  /** Reads whole bodies by {@code bodies}, which bound them by {@link HttpLimits#batchBytesMax}, and others by {@code lines}. */
  public Batches(
      Store store,
      Bodies bodies,
      LineBodies lines,
      Supplier<HttpLimits> limits,
      Workers workers,
      AuditLog audit,
      RenewalHints hints,
      DrainsInForce drains) {
    this.store = store;
    this.bodies = bodies;
    this.lines = lines;
    this.limits = limits;
    this.workers = workers;
    this.audit = audit;
    this.hints = hints;
    this.drains = drains;
  }

  /** Makes items of a body that is one JSON object. */
  private interface Parser {
    List<BatchItem> parse(BatchReader reader, byte[] body) throws Malformed;
  }

  /** Renews; returns the reply, and counts the items that failed. The body is an object of services → ids. */
  Future<Buffer> renew(Exchange exchange) throws ProblemException {
    Scope scope = new Scope(exchange);
    return reply(
        exchange, scope, BatchReader::renewals, failed -> BatchReply.unknown(failed, scope));
  }

  /** Registers; returns the reply, and counts the items that failed. The body is an object of services → ids → documents. */
  Future<Buffer> register(Exchange exchange) throws ProblemException {
    Scope scope = new Scope(exchange);
    return reply(
        exchange, scope, BatchReader::registrations, failed -> BatchReply.errors(failed, 0, scope));
  }

  /** Registers within a scope line by line, so that the body may have any size; returns the items that failed. */
  Future<Failures> registerLines(Exchange exchange, Scope scope) throws ProblemException {
    long ttlMillis = exchange.query().ttlMillis();
    Failures failures = new Failures(exchange);
    DrainedWrites hidden = new DrainedWrites(drains);
    LineBodies.Reader reader = some -> {
      LineReader parser = new LineReader(new BatchReader(limits.get(), ttlMillis));
      List<BatchItem> items =
          scope.within(some.stream().flatMap(line -> parser.read(line).stream()).toList());
      return outcomes(exchange, items, hidden)
          .map(outcomes -> failed(items, outcomes))
          .onSuccess(failed -> failed.forEach(failures::add))
          .mapEmpty();
    };
    return lines.read(exchange, reader).map(failures).onSuccess(done -> hidden.tell(exchange));
  }

  /** Does the writes of the body. */
  private Future<Buffer> reply(
      Exchange exchange, Scope scope, Parser parser, Function<List<Refused>, Buffer> reply)
      throws ProblemException {
    BatchReader reader = new BatchReader(limits.get(), exchange.query().ttlMillis());
    DrainedWrites hidden = new DrainedWrites(drains);
    return bodies.read(exchange).compose(body -> {
      Workers thread = thread(body.length(), workers);
      return thread
          .run(() -> items((read, text) -> scope.within(parser.parse(read, text)), reader, body))
          .compose(Parsed::items)
          .compose(items -> outcomes(exchange, items, hidden)
              .onSuccess(done -> hidden.tell(exchange))
              .compose(outcomes -> thread.run(() -> {
                List<Refused> failed = failed(items, outcomes);
                failed.forEach(item -> exchange.count(item.problem()));
                return reply.apply(failed);
              })));
    });
  }

  /** Returns the thread that parses a body of so many bytes, and writes the reply. */
  static Workers thread(int bodyBytes, Workers workers) {
    return bodyBytes <= AT_ONCE_BYTES_MAX ? Batches::onThisThread : workers;
  }

  /** The items of a body, or why it cannot be divided into items. */
  private record Parsed(List<BatchItem> wanted, Optional<Malformed> flaw) {
    Future<List<BatchItem>> items() {
      return flaw.<Future<List<BatchItem>>>map(malformed ->
              Future.failedFuture(new ProblemException(Problem.invalidDocument(malformed))))
          .orElseGet(() -> Future.succeededFuture(wanted));
    }
  }

  private static Parsed items(Parser parser, BatchReader reader, Buffer body) {
    try {
      return new Parsed(parser.parse(reader, body.getBytes()), Optional.empty());
    } catch (Malformed malformed) {
      return new Parsed(List.of(), Optional.of(malformed));
    }
  }

  private static <T> Future<T> onThisThread(Supplier<T> work) {
    return Future.succeededFuture(work.get());
  }

  /** Does the writes of these items; returns their outcomes. */
  private Future<List<Outcome>> outcomes(
      Exchange exchange, List<BatchItem> items, DrainedWrites hidden) {
    List<Write> writes = new ArrayList<>();
    for (BatchItem item : items) {
      if (item instanceof Wanted wanted) {
        writes.add(wanted.write());
      }
    }
    return (audit.hasChanges()
            ? writeAudited(exchange, writes, hidden)
            : write(exchange, writes, hidden))
        .compose(outcomes -> outcomes.contains(Outcome.RECOVERING)
            ? Future.failedFuture(new ProblemException(Problem.recovering()))
            : hinted(exchange, writes, outcomes));
  }

  /** An agent renews all in one rhythm: the first item that came late speaks for all. */
  private Future<List<Outcome>> hinted(
      Exchange exchange, List<Write> writes, List<Outcome> outcomes) {
    int late = outcomes.indexOf(Outcome.DONE_LATE);
    return late < 0
        ? Future.succeededFuture(outcomes)
        : hints.put(exchange, writes.get(late).key()).map(put -> outcomes);
  }

  private Future<List<Outcome>> write(Exchange exchange, List<Write> writes, DrainedWrites hidden) {
    Author author = exchange.author();
    return store.write(hidden.counting(writes).stream()
        .<Write>map(write -> new Write.By(author, write))
        .toList());
  }

  /** Does writes, and has a worker log the changes, which may be many. */
  private Future<List<Outcome>> writeAudited(
      Exchange exchange, List<Write> writes, DrainedWrites hidden) {
    AuditedChanges changes = new AuditedChanges(exchange);
    return write(exchange, writes.stream().map(changes::noting).toList(), hidden)
        .compose(outcomes -> changes.isEmpty()
            ? Future.succeededFuture(outcomes)
            : workers.run(() -> {
              changes.log();
              return outcomes;
            }));
  }

  /** Returns the items that failed: those that cannot be done, and then the others. */
  private static List<Refused> failed(List<BatchItem> items, List<Outcome> outcomes) {
    List<Refused> failed = new ArrayList<>();
    List<Refused> afterwards = new ArrayList<>();
    Iterator<Outcome> next = outcomes.iterator();
    for (BatchItem item : items) {
      if (item instanceof Refused refused) {
        failed.add(refused);
      } else if (item instanceof Wanted wanted) {
        Outcome outcome = next.next();
        if (!outcome.isDone()) {
          afterwards.add(refused(wanted.write(), outcome));
        }
      }
    }
    failed.addAll(afterwards);
    return failed;
  }

  private static Refused refused(Write write, Outcome outcome) {
    return new Refused(write.key().service(), write.key().id(), Problem.of(outcome));
  }
}

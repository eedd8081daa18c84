package io.hera.http;

import io.hera.json.PrettyPrinter;
import io.hera.registry.InstanceView;
import io.hera.registry.Key;
import io.hera.store.Store;
import io.hera.store.page.Filter;
import io.hera.store.page.Listing;
import io.hera.store.page.PublishedListings;
import io.hera.store.page.Subject;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Reads of a service, of the list of all, of one instance. One per HTTP verticle.
 *
 * <p>A reader of a service gets the published listing, and the store is asked only when there is none. A client that sends {@code
 * If-None-Match} gets 304 if that is what there is, and may wait for a change.
 */
public final class Lookups {
  private static final CharSequence EXPIRES_IN = HttpHeaders.createOptimized("hera-expires-in");
  private static final CharSequence PREFER = HttpHeaders.createOptimized("prefer");
  private static final CharSequence ORIGIN = HttpHeaders.createOptimized("hera-origin");

  private final Vertx vertx;
  private final Store store;
  private final PublishedListings published;
  private final EventStreams streams;
  private final RandomGenerator random;
  private final Watchers watchers;

  public Lookups(
      Context context,
      Store store,
      PublishedListings published,
      RequestCounters counters,
      EventStreams streams,
      RandomGenerator random) {
    this.vertx = context.owner();
    this.store = store;
    this.published = published;
    this.streams = streams;
    this.random = random;
    this.watchers = new Watchers(context, counters, this::read);
  }

  /** Subscribes to changes. */
  public Future<Void> start() {
    return store.changes().subscribe(watchers::changed);
  }

  /** Serves a GET or HEAD of one instance. */
  void instance(Exchange exchange, Key key) throws ProblemException {
    if (exchange.wantsEvents()) {
      streams.open(
          exchange,
          new EventStream.Scope(Subject.of(key.service()), Optional.of(key.id()), Filter.ALL));
      return;
    }
    boolean pretty = exchange.query().pretty();
    store
        .find(key)
        .onSuccess(found -> found.ifPresentOrElse(
            view -> found(exchange, view, pretty),
            () -> exchange.problem(Problem.unknownInstance())))
        .onFailure(exchange::fail);
  }

  /** Serves a GET or HEAD of a service, or of all. */
  void listing(Exchange exchange, Subject subject) throws ProblemException {
    Filter filter = exchange.query().filter();
    if (subject.equals(Subject.ALL) && !filter.isEmpty()) {
      throw new ProblemException(
          Problem.invalidQuery("match: only the instances of one service can be chosen"));
    }
    if (exchange.wantsEvents()) {
      streams.open(exchange, new EventStream.Scope(subject, Optional.empty(), filter));
    } else {
      read(new Reading(exchange, subject, filter, waitMillis(exchange)));
    }
  }

  /** Clients that began to wait together are not to come back together. */
  private long waitMillis(Exchange exchange) throws ProblemException {
    long millis = exchange.query().patienceMillis(exchange.headers(PREFER));
    return millis == 0 ? 0 : millis + random.nextLong(millis / 16 + 1);
  }

  private static void found(Exchange exchange, InstanceView found, boolean pretty) {
    long seconds = (found.expiresInMillis() + 999) / 1_000;
    String etag = Listing.etag(found.content());
    List<String> known = exchange.headers(HttpHeaderNames.IF_NONE_MATCH);
    exchange.putHeader(EXPIRES_IN, Long.toString(seconds)).putHeader(ORIGIN, found.origin());
    if (Reading.knows(known, etag)) {
      exchange.notModified(etag);
    } else {
      byte[] document = found.document();
      exchange.json(etag, Buffer.buffer(pretty ? PrettyPrinter.print(document) : document));
    }
  }

  private void read(Reading reading) {
    if (reading.exchange.ended()) {
      watchers.forget(reading);
      return;
    }
    if (!reading.filter.isEmpty()) {
      ask(reading);
      return;
    }
    String etag = published.etag(reading.subject);
    Listing page = published.find(reading.subject);
    if (etag != null && reading.knows(etag)) {
      unchanged(reading, etag);
    } else if (page != null) {
      answer(reading, page);
    } else {
      ask(reading);
    }
  }

  /** A change that was published while the store was asked may have come before or after its reply: then it is asked again. */
  private void ask(Reading reading) {
    long before = watchers.changes();
    reading
        .ask(store)
        .onSuccess(page -> {
          answer(reading, page);
          if (reading.mayWait() && watchers.changes() != before) {
            ask(reading);
          }
        })
        .onFailure(reading.exchange::fail);
  }

  private void answer(Reading reading, Listing page) {
    if (reading.knows(page.etag())) {
      unchanged(reading, page.etag());
    } else {
      watchers.forget(reading);
      write(reading, page);
    }
  }

  private void unchanged(Reading reading, String etag) {
    if (!reading.mayWait() || reading.exchange.draining()) {
      reading.exchange.notModified(etag);
    } else if (reading.waits() || watchers.hasRoom()) {
      reading.exchange.countAs("/{service}?wait");
      watchers.park(reading);
    } else {
      reading.exchange.problem(Problem.tooManyWatchers());
    }
  }

  private void write(Reading reading, Listing page) {
    Exchange exchange = reading.exchange;
    if (reading.pretty) {
      Buffer laidOut = Buffer.buffer(PrettyPrinter.print(page.json().getBytes()));
      exchange.json(page.etag(), laidOut);
    } else if (!Compression.pays(page.json().length())) {
      exchange.json(page.etag(), page.json());
    } else {
      exchange.putHeader(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING);
      if (exchange.accepts(HttpHeaderNames.ACCEPT_ENCODING, "gzip")) {
        compressed(exchange, page);
      } else {
        exchange.json(page.etag(), page.json());
      }
    }
  }

  private void compressed(Exchange exchange, Listing page) {
    Buffer ready = page.compressed();
    if (ready != null) {
      gzip(exchange, page, ready);
    } else {
      Compression.gzip(vertx, page.json().getBytes())
          .onSuccess(made -> {
            page.compressed(Buffer.buffer(made));
            gzip(exchange, page, Buffer.buffer(made));
          })
          .onFailure(exchange::fail);
    }
  }

  private static void gzip(Exchange exchange, Listing page, Buffer compressed) {
    exchange
        .putHeader(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.GZIP)
        .json(page.etag(), compressed);
  }
}

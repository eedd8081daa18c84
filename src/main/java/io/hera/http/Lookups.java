package io.hera.http;

import io.hera.json.PrettyPrinter;
import io.hera.registry.ContentHash;
import io.hera.registry.InstanceView;
import io.hera.registry.Key;
import io.hera.store.Store;
import io.hera.store.page.Filter;
import io.hera.store.page.Listing;
import io.hera.store.page.PublishedListings;
import io.hera.wire.ContentHasher;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Reads: a service, the list of all, one instance. One an HTTP verticle.
 *
 * <p>Whoever reads a service gets a finished page and asks nobody, unless the page is to be made first. Whoever says with {@code
 * If-None-Match} what it knows already is answered 304 when that is what there is, and may wait for something else.
 */
final class Lookups {
  private static final CharSequence EXPIRES_IN = HttpHeaders.createOptimized("hera-expires-in");
  private static final CharSequence PREFER = HttpHeaders.createOptimized("prefer");
  private static final CharSequence ORIGIN = HttpHeaders.createOptimized("hera-origin");

  private final Vertx vertx;
  private final Store store;
  private final PublishedListings views;
  private final Answers answers;
  private final EventStreams streams;
  private final ContentHash hash;
  private final RandomGenerator chance;
  private final Watchers watchers;

  Lookups(
      Vertx vertx,
      Context context,
      HttpVerticle.Parts parts,
      Answers answers,
      EventStreams streams) {
    this.vertx = vertx;
    this.store = parts.store();
    this.views = parts.views();
    this.answers = answers;
    this.streams = streams;
    this.hash = new ContentHasher(parts.volatileKeys());
    this.chance = parts.chance();
    this.watchers = new Watchers(vertx, context, parts.tally(), this::read);
  }

  /** Listens for changes from now on. */
  Future<Void> start() {
    return store.changes().subscribe(watchers::changed);
  }

  /** Answers all that wait. */
  void close() {
    watchers.close();
  }

  /** Answers a GET or HEAD of one instance. */
  void instance(HttpServerRequest request, Key key, Query query) throws ProblemException {
    if (EventStreams.wanted(request)) {
      streams.open(
          request, new EventStream.Scope(key.service(), Optional.of(key.id()), Filter.ALL));
      return;
    }
    boolean pretty = query.pretty();
    store
        .find(key)
        .onSuccess(found -> {
          if (found.isPresent()) {
            found(request, found.get(), pretty);
          } else {
            answers.problem(request, Problem.unknownInstance());
          }
        })
        .onFailure(failure -> answers.fail(request, failure));
  }

  /** Answers a GET or HEAD of a service, or of {@link PublishedListings#ALL_SERVICES}. */
  void service(HttpServerRequest request, String service, Query query) throws ProblemException {
    Filter filter = query.filter();
    if (service.equals(PublishedListings.ALL_SERVICES) && !filter.isEmpty()) {
      throw new ProblemException(
          Problem.invalidQuery("match: only the instances of one service can be chosen"));
    }
    if (EventStreams.wanted(request)) {
      streams.open(request, new EventStream.Scope(service, Optional.empty(), filter));
    } else {
      read(new Reading(request, service, query, waitMillis(request, query)));
    }
  }

  /** Clients that began to wait together are not to come back together. */
  private long waitMillis(HttpServerRequest request, Query query) throws ProblemException {
    long millis = query.patienceMillis(request.headers().getAll(PREFER));
    return millis == 0 ? 0 : millis + chance.nextLong(millis / 16 + 1);
  }

  private void found(HttpServerRequest request, InstanceView found, boolean pretty) {
    long seconds = (found.expiresInMillis() + 999) / 1_000;
    String etag = Listing.etag(found.content());
    List<String> known = request.headers().getAll(HttpHeaderNames.IF_NONE_MATCH);
    request
        .response()
        .putHeader(EXPIRES_IN, Long.toString(seconds))
        .putHeader(ORIGIN, found.origin());
    if (Reading.knows(known, etag)) {
      answers.notModified(request, etag);
    } else {
      byte[] document = found.document();
      answers.json(request, etag, Buffer.buffer(pretty ? PrettyPrinter.print(document) : document));
    }
  }

  private void read(Reading reading) {
    if (reading.gone()) {
      watchers.forget(reading);
      return;
    }
    String etag = views.etag(reading.service);
    Listing page = views.find(reading.service);
    if (etag != null && reading.filter.isEmpty() && reading.knows(etag)) {
      unchanged(reading, etag);
    } else if (page != null) {
      answer(reading, page);
    } else {
      ask(reading);
    }
  }

  /** A change that was told while the store was asked may have come before or after its answer: then it is asked again. */
  private void ask(Reading reading) {
    long before = watchers.changes();
    store
        .listing(reading.service)
        .onSuccess(page -> {
          answer(reading, page);
          if (reading.mayWait() && watchers.changes() != before) {
            ask(reading);
          }
        })
        .onFailure(failure -> answers.fail(reading.request, failure));
  }

  private void answer(Reading reading, Listing page) {
    Listing shown = reading.filter.of(reading.service, page, hash);
    if (reading.knows(shown.etag())) {
      unchanged(reading, shown.etag());
    } else {
      watchers.forget(reading);
      write(reading, shown);
    }
  }

  private void unchanged(Reading reading, String etag) {
    if (!reading.mayWait() || watchers.closed()) {
      answers.notModified(reading.request, etag);
    } else if (reading.waits() || watchers.hasRoom()) {
      answers.waits(reading.request);
      watchers.park(reading);
    } else {
      answers.problem(reading.request, Problem.tooManyWatchers());
    }
  }

  private void write(Reading reading, Listing page) {
    HttpServerRequest request = reading.request;
    if (reading.pretty) {
      Buffer laidOut = Buffer.buffer(PrettyPrinter.print(page.json().getBytes()));
      answers.json(request, page.etag(), laidOut);
    } else if (!Compression.pays(page.json().length())) {
      answers.json(request, page.etag(), page.json());
    } else {
      request.response().putHeader(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING);
      if (Accepts.has(request, HttpHeaderNames.ACCEPT_ENCODING, "gzip")) {
        compressed(request, page);
      } else {
        answers.json(request, page.etag(), page.json());
      }
    }
  }

  private void compressed(HttpServerRequest request, Listing page) {
    Buffer ready = page.compressed();
    if (ready != null) {
      gzip(request, page, ready);
    } else {
      Compression.gzip(vertx, page.json().getBytes())
          .onSuccess(made -> {
            page.compressed(Buffer.buffer(made));
            gzip(request, page, Buffer.buffer(made));
          })
          .onFailure(failure -> answers.fail(request, failure));
    }
  }

  private void gzip(HttpServerRequest request, Listing page, Buffer compressed) {
    if (!Answers.gone(request)) {
      request.response().putHeader(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.GZIP);
      answers.json(request, page.etag(), compressed);
    }
  }
}

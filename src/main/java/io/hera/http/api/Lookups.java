package io.hera.http.api;

import io.hera.http.Exchange;
import io.hera.http.RepeatedRead;
import io.hera.http.Watching;
import io.hera.registry.Key;
import io.hera.store.Store;
import io.hera.store.page.Filter;
import io.hera.store.page.Listing;
import io.hera.store.page.PublishedListings;
import io.hera.store.page.Selection;
import io.hera.store.page.Subject;
import io.hera.wire.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;

/**
 * Reads of a service, of the list of all, of one instance. One per HTTP verticle.
 *
 * <p>A reader of a service gets the published listing; the store is asked only when there is none. A client that sends {@code
 * If-None-Match} gets 304 if the content is the same, and may wait for a change.
 */
public final class Lookups {
  private static final CharSequence PREFER = HttpHeaders.createOptimized("prefer");
  private static final Future<Boolean> REPLIED = Future.succeededFuture(true);
  private static final Future<Boolean> UNCHANGED = Future.succeededFuture(false);

  private final Store store;
  private final PublishedListings published;
  private final Watching watching;
  private final ListingReply reply;

  public Lookups(Vertx vertx, Store store, PublishedListings published, Watching watching) {
    this.store = store;
    this.published = published;
    this.watching = watching;
    this.reply = new ListingReply(vertx);
  }

  /** Serves a GET or HEAD of one instance. */
  void instance(Exchange exchange, Key key) throws ProblemException {
    exchange.variesByAccept();
    if (exchange.wantsEvents()) {
      watching.stream(exchange, new Selection.Instance(key));
      return;
    }
    read(new InstanceRead(exchange, store, key));
  }

  /** Serves a GET or HEAD of the list of all services. */
  void services(Exchange exchange) throws ProblemException {
    exchange.variesByAccept();
    if (exchange.wantsEvents()) {
      watching.stream(exchange, new Selection.All());
    } else {
      read(new ListingRead(exchange, Subject.ALL, Filter.ALL));
    }
  }

  /** Serves a GET or HEAD of a service. */
  void service(Exchange exchange, Subject.Service service) throws ProblemException {
    exchange.variesByAccept();
    Filter filter = exchange.query().filter();
    if (exchange.wantsEvents()) {
      watching.stream(exchange, new Selection.OfService(service, filter));
    } else {
      read(new ListingRead(exchange, service, filter));
    }
  }

  private void read(RepeatedRead read) throws ProblemException {
    Exchange exchange = read.exchange();
    long waitMillis = exchange.query().patienceMillis(exchange.headers(PREFER));
    if (waitMillis > 0) {
      watching.repeat(read, waitMillis);
    } else {
      replyNow(read);
    }
  }

  private static void replyNow(RepeatedRead read) {
    Future<Boolean> replying = read.replyIfChanged();
    if (replying != REPLIED) {
      replying
          .onSuccess(replied -> {
            if (!replied) {
              read.replyUnchanged();
            }
          })
          .onFailure(read.exchange()::fail);
    }
  }

  /** A read of a listing, and what the client says that it knows. */
  private final class ListingRead implements RepeatedRead {
    private final Exchange exchange;
    private final Subject subject;
    private final Filter filter;
    private final ReadTerms terms;
    private String etag = "";

    ListingRead(Exchange exchange, Subject subject, Filter filter) throws ProblemException {
      this.exchange = exchange;
      this.subject = subject;
      this.filter = filter;
      this.terms = ReadTerms.of(exchange);
    }

    @Override
    public Exchange exchange() {
      return exchange;
    }

    @Override
    public Subject subject() {
      return subject;
    }

    @Override
    public String waitRoute() {
      return "/{service}?wait";
    }

    @Override
    public Future<Boolean> replyIfChanged() {
      if (!filter.isEmpty()) {
        return ask().compose(this::replyIfOther);
      }
      String publishedEtag = published.etag(subject);
      if (publishedEtag != null && knows(publishedEtag)) {
        return UNCHANGED;
      }
      Listing listing = published.find(subject);
      return listing == null ? ask().compose(this::replyIfOther) : replyIfOther(listing);
    }

    @Override
    public void replyUnchanged() {
      exchange.notModified(etag);
    }

    private Future<Listing> ask() {
      return subject instanceof Subject.Service service && !filter.isEmpty()
          ? store.matching(service.name(), filter)
          : store.listing(subject);
    }

    private Future<Boolean> replyIfOther(Listing listing) {
      if (knows(listing.etag())) {
        return UNCHANGED;
      }
      if (terms.pretty()) {
        reply.pretty(exchange, listing);
      } else {
        reply.compact(exchange, listing);
      }
      return REPLIED;
    }

    /** Notes the current tag; returns whether the client knows it. */
    private boolean knows(String current) {
      etag = current;
      return terms.know(current);
    }
  }
}

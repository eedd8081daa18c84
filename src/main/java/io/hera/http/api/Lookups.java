package io.hera.http.api;

import io.hera.http.Exchange;
import io.hera.http.RepeatedRead;
import io.hera.http.Watching;
import io.hera.json.PrettyPrinter;
import io.hera.registry.InstanceView;
import io.hera.registry.Key;
import io.hera.store.Store;
import io.hera.store.page.Filter;
import io.hera.store.page.Listing;
import io.hera.store.page.PublishedListings;
import io.hera.store.page.Selection;
import io.hera.store.page.Subject;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.List;

/**
 * Reads of a service, of the list of all, of one instance. One per HTTP verticle.
 *
 * <p>A reader of a service gets the published listing; the store is asked only when there is none. A client that sends {@code
 * If-None-Match} gets 304 if the content is the same, and may wait for a change.
 */
public final class Lookups {
  private static final CharSequence EXPIRES_IN = HttpHeaders.createOptimized("hera-expires-in");
  private static final CharSequence PREFER = HttpHeaders.createOptimized("prefer");
  private static final CharSequence ORIGIN = HttpHeaders.createOptimized("hera-origin");
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
    if (exchange.wantsEvents()) {
      watching.stream(exchange, new Selection.Instance(key));
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

  /** Serves a GET or HEAD of the list of all services. */
  void services(Exchange exchange) throws ProblemException {
    if (!exchange.query().filter().isEmpty()) {
      throw new ProblemException(
          Problem.invalidQuery("match: only the instances of one service can be chosen"));
    }
    if (exchange.wantsEvents()) {
      watching.stream(exchange, new Selection.All());
    } else {
      read(new ListingRead(exchange, Subject.ALL, Filter.ALL));
    }
  }

  /** Serves a GET or HEAD of a service. */
  void service(Exchange exchange, Subject.Service service) throws ProblemException {
    Filter filter = exchange.query().filter();
    if (exchange.wantsEvents()) {
      watching.stream(exchange, new Selection.OfService(service, filter));
    } else {
      read(new ListingRead(exchange, service, filter));
    }
  }

  private static void found(Exchange exchange, InstanceView found, boolean pretty) {
    long seconds = (found.expiresInMillis() + 999) / 1_000;
    String etag = Listing.etag(found.content());
    exchange.putHeader(EXPIRES_IN, Long.toString(seconds)).putHeader(ORIGIN, found.origin());
    if (EntityTags.has(exchange.headers(HttpHeaderNames.IF_NONE_MATCH), etag)) {
      exchange.notModified(etag);
    } else {
      byte[] document = found.document();
      exchange.json(etag, Buffer.buffer(pretty ? PrettyPrinter.print(document) : document));
    }
  }

  private void read(ListingRead read) throws ProblemException {
    long waitMillis = read.exchange.query().patienceMillis(read.exchange.headers(PREFER));
    if (waitMillis > 0) {
      watching.repeat(read, waitMillis);
    } else {
      read.replyNow();
    }
  }

  /** A read of a listing, and what the client says that it knows. */
  private final class ListingRead implements RepeatedRead {
    private final Exchange exchange;
    private final Subject subject;
    private final Filter filter;
    private final boolean pretty;
    private final List<String> known;
    private String etag = "";

    ListingRead(Exchange exchange, Subject subject, Filter filter) throws ProblemException {
      this.exchange = exchange;
      this.subject = subject;
      this.filter = filter;
      this.pretty = exchange.query().pretty();
      this.known = exchange.headers(HttpHeaderNames.IF_NONE_MATCH);
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

    void replyNow() {
      Future<Boolean> replying = replyIfChanged();
      if (replying != REPLIED) {
        replying.onSuccess(this::replyIfNot).onFailure(exchange::fail);
      }
    }

    private void replyIfNot(boolean replied) {
      if (!replied) {
        replyUnchanged();
      }
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
      if (pretty) {
        reply.pretty(exchange, listing);
      } else {
        reply.compact(exchange, listing);
      }
      return REPLIED;
    }

    /** Notes the current tag; returns whether the client knows it. */
    private boolean knows(String current) {
      etag = current;
      return EntityTags.has(known, current);
    }
  }
}

package io.hera.http.api;

import io.hera.access.ServiceSet;
import io.hera.http.Answer;
import io.hera.http.DrainedHeader;
import io.hera.http.Exchange;
import io.hera.http.RepeatedRead;
import io.hera.http.Watching;
import io.hera.registry.Key;
import io.hera.store.InstanceCounts;
import io.hera.store.ReadSide;
import io.hera.store.Readiness;
import io.hera.store.Store;
import io.hera.store.page.Filter;
import io.hera.store.page.Listing;
import io.hera.store.page.PublishedListings;
import io.hera.store.page.Selection;
import io.hera.store.page.Subject;
import io.hera.wire.Percent;
import io.hera.wire.Problem;
import io.hera.wire.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import java.util.Optional;
import java.util.Set;

/**
 * Reads of a service, of the list of all, of one instance. One per HTTP verticle.
 *
 * <p>A reader of a service gets the published listing; the store is asked only when there is none. A client that sends {@code
 * If-None-Match} gets 304 if the content is the same, and may wait for a change.
 */
public final class Lookups {
  private static final CharSequence NEAR = HttpHeaders.createOptimized("hera-near");

  private final Store store;
  private final PublishedListings published;
  private final InstanceCounts restored;
  private final InstanceCounts drained;
  private final Readiness readiness;
  private final Watching watching;
  private final ListingReply reply;
  private final ChangeHeader changes;

  /**
   * The reads of one HTTP verticle.
   *
   * @param life of the node, part of the ids of events
   */
  public Lookups(Vertx vertx, Store store, ReadSide readSide, Watching watching, String life) {
    this.store = store;
    this.published = readSide.listings();
    this.restored = readSide.restored();
    this.drained = readSide.drained();
    this.readiness = readSide.readiness();
    this.watching = watching;
    this.reply = new ListingReply(vertx);
    this.changes = new ChangeHeader(readSide.changes(), life);
  }

  /** Serves a GET or HEAD of one instance. */
  void instance(Exchange exchange, Key key) throws ProblemException {
    exchange.variesByAccept();
    if (!exchange.wantsEvents()) {
      watching.read(new InstanceRead(exchange, store, readiness, changes, key));
    } else if (readiness.synchronised()) {
      watching.stream(exchange, new Selection.Instance(key), exchange.query().quiet());
    } else { // it begins by saying whether there is the instance
      exchange.problem(Problem.recovering());
    }
  }

  /** Serves a GET of a stream of events of these services. */
  void follow(Exchange exchange, Set<String> services) throws ProblemException {
    exchange.variesByAccept();
    Selection.All some = new Selection.All(Filter.ofServices(services));
    watching.stream(exchange, some, exchange.query().quiet());
  }

  /** Serves a GET or HEAD of the list of all services. */
  void services(Exchange exchange) throws ProblemException {
    exchange.variesByAccept();
    ServiceSet readable = exchange.readable();
    Selection.All all =
        new Selection.All(readable.isAll() ? Filter.ALL : Filter.ofServices(readable));
    if (exchange.wantsEvents()) {
      watching.stream(exchange, all, exchange.query().quiet());
    } else {
      watching.read(new ListingRead(exchange, all));
    }
  }

  /** Serves a GET or HEAD of a service. */
  void service(Exchange exchange, Subject.Service service) throws ProblemException {
    exchange.variesByAccept();
    Filter filter = exchange.query().filter();
    if (exchange.wantsEvents()) {
      watching.stream(
          exchange, new Selection.OfService(service, filter), exchange.query().quiet());
    } else {
      watching.read(new ListingRead(exchange, new Selection.OfService(service, filter)));
    }
  }

  /** A read of a listing, and what the client says that it knows. */
  private final class ListingRead implements RepeatedRead {
    private final Exchange exchange;
    private final Selection.Listed selection;
    private final ReadTerms terms;
    private String etag = "";
    /** The number of the last change that the answer includes. */
    private long change;

    private Optional<Listing.Share> share = Optional.empty();

    ListingRead(Exchange exchange, Selection.Listed selection) throws ProblemException {
      this.exchange = exchange;
      this.selection = selection;
      this.terms = ReadTerms.of(exchange);
    }

    @Override
    public Exchange exchange() {
      return exchange;
    }

    @Override
    public Selection selection() {
      return selection;
    }

    @Override
    public String waitRoute() {
      return "/{service}?wait";
    }

    @Override
    public boolean hasAnswer() {
      return terms.knowAny();
    }

    @Override
    public boolean isCurrent() {
      change = changes.last();
      String publishedEtag = isFiltered() ? null : published.etag(selection.subject());
      return publishedEtag != null && knows(publishedEtag);
    }

    @Override
    public Future<Answer> read() {
      long before = changes.last();
      if (isFiltered()) {
        return store.matching(selection).map(made -> new Answer.OfListing(made, before));
      }
      Listing listing = published.find(selection.subject());
      return listing == null
          ? store.listing(selection.subject()).map(made -> new Answer.OfListing(made, before))
          : Future.succeededFuture(new Answer.OfListing(listing, before));
    }

    @Override
    public boolean replyIfChanged(Answer answer) {
      Listing listing = ((Answer.OfListing) answer).listing();
      share = listing.share();
      change = answer.change();
      if (knows(listing.etag())) {
        return false;
      }
      tell();
      if (terms.pretty()) {
        reply.pretty(exchange, listing);
      } else {
        reply.compact(exchange, listing);
      }
      return true;
    }

    @Override
    public void replyUnchanged() {
      tell();
      exchange.notModified(etag);
    }

    private void tell() {
      changes.put(exchange, change);
      tellCounts();
      tellShare();
    }

    private void tellShare() {
      if (share.isPresent()) {
        Listing.Share part = share.get();
        String value = part.value().isEmpty() ? "*" : Percent.encode(part.value());
        exchange.putHeader(NEAR, value + " " + part.shown() + "/" + part.all());
      }
    }

    private void tellCounts() {
      if (selection.subject() instanceof Subject.Service service) {
        DrainedHeader.put(exchange, drained.of(service.name()));
        int count = restored.of(service.name());
        if (count > 0) {
          exchange.putHeader(InstanceRead.RESTORED, Integer.toString(count));
        }
      }
    }

    private boolean isFiltered() {
      return !selection.filter().isEmpty();
    }

    /** Notes the current tag; returns whether the client knows it. */
    private boolean knows(String current) {
      etag = current;
      return terms.know(current);
    }
  }
}

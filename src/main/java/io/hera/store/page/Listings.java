package io.hera.store.page;

import io.hera.registry.Change;
import io.hera.registry.ContentVersion;
import io.hera.registry.Key;
import io.hera.registry.Registry;
import io.hera.registry.View;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;

/**
 * The listings that answer lookups. It builds them and keeps them in step with the view. Owned by
 * the store verticle and used on its context only; any thread may read {@link PublishedListings},
 * to which this class writes.
 */
public final class Listings {
  private final View view;
  private final PublishedListings published;
  private final ListingCache layouts;
  private final MatchingListings matching;
  private final PartialLists partial;

  /**
   * Creates the listings of the view of {@code registry}.
   *
   * @param memory for the pages that replies share
   * @param workers build large ones
   */
  public Listings(
      Registry registry, PublishedListings published, PageMemory memory, Workers workers) {
    this.view = registry.view();
    this.published = published;
    this.layouts = new ListingCache(view, memory, workers, published::drop);
    this.matching = new MatchingListings(view, layouts, memory);
    this.partial = new PartialLists(view, layouts, memory);
  }

  /**
   * Returns the listing of a service, or of all services, and publishes it. An empty listing is not
   * published, because clients may ask for any name. The future completes in a turn in which the
   * listing is current.
   */
  public Future<Listing> publish(Subject subject) {
    Listing found = published.find(subject);
    return found == null
        ? layouts.get(subject, Filter.ALL).map(layout -> publish(subject, layout))
        : Future.succeededFuture(found);
  }

  /** Those that wait for the same layout get the same listing of it. */
  private Listing publish(Subject subject, Layout layout) {
    Listing found = published.find(subject);
    if (found != null) {
      return found;
    }
    Listing made = layout.listing(content(subject));
    if (layout.size() > 0) {
      published.keep(subject, made);
    }
    return made;
  }

  /** Returns the listing of the selected instances; that of a whole service is published. */
  public Future<NearestListing> snapshot(Selection.Part selection) {
    if (selection instanceof Selection.OfService some) {
      return some.filter().near().isNone()
          ? matching(some)
              .map(listing ->
                  new NearestListing(listing.unshared(), List.of(), Optional.of(listing.etag())))
          : matching.comparable(some);
    }
    return Future.succeededFuture(instance(((Selection.Instance) selection).key()));
  }

  private NearestListing instance(Key key) {
    byte[] document = view.document(key);
    Buffer json = Buffer.buffer("{");
    Optional<String> etag = Optional.empty();
    if (document != null) {
      ListingEncoder.name(json, key.id()).appendBytes(document);
      etag = Optional.of(Listing.etag(view.content(key.service(), key.id())));
    }
    return new NearestListing(Page.of(json.appendByte((byte) '}')), List.of(), etag);
  }

  /**
   * Returns the listing of a service without publishing it, for a reader that does not return. It is
   * that of the present turn.
   */
  public Future<Page> uncached(String service) {
    Subject subject = Subject.of(service);
    Listing found = published.find(subject);
    return found == null
        ? layouts
            .uncached(subject)
            .map(layout -> layout.listing(ContentVersion.NONE).unshared())
        : Future.succeededFuture(found.unshared());
  }

  /**
   * Returns the listing of the instances of a service that match, or of the services that match;
   * that of all of them is published.
   */
  public Future<Listing> matching(Selection.Listed selection) {
    if (selection.filter().isEmpty()) {
      return publish(selection.subject());
    }
    return selection instanceof Selection.OfService some
        ? matching.get(some)
        : partial.get(selection.filter());
  }

  /**
   * Drops the listings that contain a changed instance. Called in the turn of the change, before
   * the write is acknowledged.
   */
  public void changed(Change change) {
    String service = change.key().service();
    Subject subject = Subject.of(service);
    layouts.changed(subject, change.key().id());
    if (change.before() == null || change.after() == null) {
      layouts.changed(Subject.ALL, service);
    }
    if (change.contentChanged()) {
      published.outdate(subject);
      published.outdate(Subject.ALL);
      partial.changed(service);
    } else {
      published.drop(subject);
    }
  }

  private ContentVersion content(Subject subject) {
    return subject instanceof Subject.Service service
        ? view.content(service.name())
        : view.content();
  }
}

package io.hera.store.page;

import io.hera.store.Store;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The finished listings that readers get, by subject. Any thread reads them; the store verticle alone writes them.
 *
 * <p>A listing is made when a reader asks for it and there is none, and dropped in the turn that changes what it shows. So a
 * service without readers costs nothing, and one with many readers is encoded once per change. A listing is dropped before the
 * write that outdated it is acknowledged: a client that has the acknowledgement finds no listing or a newer one.
 */
public final class PublishedListings {
  private final Map<Subject, Listing> listings = new ConcurrentHashMap<>();
  private final Map<Subject, String> etags = new ConcurrentHashMap<>();

  /** Returns the listing, or null if {@link Store#listing} must be asked for it. */
  public @Nullable Listing find(Subject subject) {
    return listings.get(subject);
  }

  /** Returns the entity tag of the listing, or null if it was not made since its content changed. It outlives the listing. */
  public @Nullable String etag(Subject subject) {
    return etags.get(subject);
  }

  /** Publishes a listing. */
  public void keep(Subject subject, Listing listing) {
    listings.put(subject, listing);
    etags.put(subject, listing.etag());
  }

  /** Drops a listing that is outdated, although its content is not. */
  public void drop(Subject subject) {
    listings.remove(subject);
  }

  /** Drops a listing and its entity tag: the content has changed. */
  public void outdate(Subject subject) {
    etags.remove(subject);
    listings.remove(subject);
  }
}

package io.hera.store.page;

import io.hera.store.Store;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The finished listings, by subject. Any thread reads them; only the store verticle writes them.
 *
 * <p>A listing is built when a reader asks for it and there is none. It is dropped in the turn that
 * changes one of its instances. So a service without readers costs nothing, and one with many
 * readers is encoded once per change. A listing is dropped before the write that outdated it is
 * acknowledged: a client with the acknowledgement finds no listing or a newer one.
 */
public final class PublishedListings {
  private final Map<Subject, Listing> listings = new ConcurrentHashMap<>();
  private final Map<Subject, String> etags = new ConcurrentHashMap<>();
  private final PageMemory memory;

  /** No listings yet; replies with the later ones share pages in {@code memory}. */
  public PublishedListings(PageMemory memory) {
    this.memory = memory;
  }

  /** Returns the listing, or null if the reader has to ask {@link Store#listing}. */
  public @Nullable Listing find(Subject subject) {
    return listings.get(subject);
  }

  /**
   * Returns the entity tag of the listing, or null if none was built since the content changed. The
   * tag outlives the listing.
   */
  public @Nullable String etag(Subject subject) {
    return etags.get(subject);
  }

  /** Publishes a listing. */
  public void keep(Subject subject, Listing listing) {
    listing.publish(memory);
    retire(listings.put(subject, listing));
    etags.put(subject, listing.etag());
  }

  /** Drops a listing whose bytes are outdated, while its content is not. */
  public void drop(Subject subject) {
    retire(listings.remove(subject));
  }

  /** Drops a listing and its entity tag, because the content has changed. */
  public void outdate(Subject subject) {
    etags.remove(subject);
    drop(subject);
  }

  private static void retire(@Nullable Listing outdated) {
    if (outdated != null) {
      outdated.retire();
    }
  }
}

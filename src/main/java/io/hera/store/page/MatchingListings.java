package io.hera.store.page;

import io.hera.registry.ContentVersion;
import io.hera.registry.View;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Listings of the instances of a service that match a filter. Owned by the store verticle; used on
 * its context only.
 *
 * <p>The latest ones are kept until an instance of their service changes. Clients that wait with
 * the same filter are woken together, and share the listing that is built for the first of them.
 */
public final class MatchingListings {
  private static final long BYTES_MAX = 16 << 20;

  private final View view;
  /** Service → its listings; the service used longest ago first. */
  private final Map<String, Map<Filter, Listing>> kept = new LinkedHashMap<>(16, 0.75f, true);

  private long bytes;

  /** Creates the listings of {@code view}. */
  public MatchingListings(View view) {
    this.view = view;
  }

  /** Returns the listing of the instances of {@code service} that match. */
  public Listing get(String service, Filter filter) {
    Map<Filter, Listing> ofService = kept.get(service);
    Listing known = ofService == null ? null : ofService.get(filter);
    if (known != null) {
      return known;
    }
    Listing made = make(service, filter);
    if (made.json().length() <= BYTES_MAX) {
      kept.computeIfAbsent(service, any -> new HashMap<>()).put(filter, made);
      bytes += cost(made);
      dropOldest();
    }
    return made;
  }

  /** Drops the listings of a service, of which an instance has changed, come or gone. */
  public void changed(String service) {
    drop(kept.remove(service));
  }

  private Listing make(String service, Filter filter) {
    Collected collected = new Collected(filter);
    view.forEachInstance(service, collected);
    collected.json.appendByte((byte) '}');
    return new Listing(collected.json, collected.content);
  }

  private void dropOldest() {
    while (bytes > BYTES_MAX) {
      String oldest = kept.keySet().iterator().next();
      drop(kept.remove(oldest));
    }
  }

  private void drop(@Nullable Map<Filter, Listing> ofService) {
    if (ofService != null) {
      bytes -= ofService.values().stream().mapToLong(MatchingListings::cost).sum();
    }
  }

  /**
   * Returns the cost of a listing. An empty one counts too, because clients may ask for any filter.
   */
  private static long cost(Listing listing) {
    return listing.json().length() + 1_024L;
  }

  /** The instances that match, collected from the view. */
  private static final class Collected implements View.InstanceReader {
    private final Filter filter;
    private final Buffer json = Buffer.buffer().appendByte((byte) '{');
    private ContentVersion content = ContentVersion.NONE;

    Collected(Filter filter) {
      this.filter = filter;
    }

    @Override
    public void read(String id, byte[] document, ContentVersion instance) {
      if (filter.matches(document)) {
        ListingEncoder.name(json, id).appendBytes(document);
        content = content.plus(instance);
      }
    }
  }
}

package io.hera.store.page;

import io.hera.registry.ContentVersion;
import io.hera.registry.View;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Listings of the instances of a service that match a filter. Owned by the store verticle; used on
 * its context only.
 *
 * <p>A listing is made once per filter and change, and shared. After a change of its service, it is
 * made from the one before: {@link ListingCache} evaluates the filter for the changed documents only.
 */
final class MatchingListings {
  private static final long BYTES_MAX = 16 << 20;

  private final View view;
  private final ListingCache layouts;
  private final PageMemory memory;
  /** The listings; the one used longest ago first. */
  private final Map<Selection.OfService, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

  private long bytes;

  private record Kept(Listing listing, long cost) {}

  MatchingListings(View view, ListingCache layouts, PageMemory memory) {
    this.view = view;
    this.layouts = layouts;
    this.memory = memory;
  }

  /** Returns the listing; the future completes in a turn in which it is current. */
  Future<Listing> get(Selection.OfService selection) {
    return layouts
        .get(selection.subject(), selection.filter())
        .map(layout -> listing(selection, layout));
  }

  /** Returns the listing with its lines, if it is of the nearest instances; else without. */
  Future<NearestListing> comparable(Selection.OfService selection) {
    String service = selection.subject().name();
    return layouts.get(selection.subject(), selection.filter()).map(layout -> {
      Listing listing = listing(selection, layout);
      List<ListedInstance> lines = layout instanceof NearLayout nearest
          ? nearest.instances(id -> view.content(service, id))
          : List.of();
      return new NearestListing(listing.unshared(), lines, Optional.of(listing.etag()));
    });
  }

  /** While the layout stays the same, so does the listing. */
  private Listing listing(Selection.OfService selection, Layout layout) {
    Kept known = kept.get(selection);
    if (known != null && layout.isOf(known.listing)) {
      return known.listing;
    }
    Listing made = layout.listing(content(selection.subject(), layout));
    remove(selection);
    made.publish(memory);
    Kept keeping = new Kept(made, cost(layout));
    kept.put(selection, keeping);
    bytes += keeping.cost;
    dropOldest();
    return made;
  }

  private ContentVersion content(Subject.Service service, Layout layout) {
    return layout
        .ids()
        .map(id -> view.content(service.name(), id))
        .reduce(ContentVersion.NONE, ContentVersion::plus);
  }

  private void dropOldest() {
    while (bytes > BYTES_MAX && kept.size() > 1) {
      Selection.OfService oldest = kept.keySet().iterator().next();
      remove(oldest);
      layouts.drop(oldest.subject(), oldest.filter());
    }
  }

  private void remove(Selection.OfService selection) {
    Kept removed = kept.remove(selection);
    if (removed != null) {
      removed.listing.retire();
      bytes -= removed.cost;
    }
  }

  /**
   * Returns the cost of a listing and its layout. An empty one counts too, because clients may ask for any filter.
   */
  private static long cost(Layout layout) {
    return layout.heapBytes() + 1_024L;
  }
}

package io.hera.store;

import io.hera.registry.Change;
import io.hera.registry.Key;
import io.hera.registry.Registry;
import io.hera.registry.View;
import io.hera.store.page.Listing;
import io.hera.store.page.Listings;
import io.hera.store.page.Selection;
import io.hera.store.page.Subject;
import io.hera.store.page.Workers;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The reads of many instances, each with the number of the last change that it contains. Owned by {@link StoreTurns}. */
final class ReadTurns {
  /** Instances or services that are put in order in less than a millisecond. */
  private static final int SORTED_AT_ONCE_MAX = 2_000;

  private final View view;
  private final Listings listings;
  private final Workers workers;
  private final LongSupplier lastChange;
  private final EntryTurns entries;
  private final SearchTurns searches;
  private final GossipBeats beats;
  /** Changes of drains, and of instances that they hide. */
  private long hiddenChanges;

  /** Reads the view of {@code registry}; {@code lastChange} returns the number of the last change of its content. */
  ReadTurns(
      Registry registry,
      Listings listings,
      Workers workers,
      LongWork longWork,
      LongSupplier lastChange,
      GossipBeats beats) {
    this.beats = beats;
    this.view = registry.view();
    this.entries = new EntryTurns(registry, longWork);
    this.searches = new SearchTurns(registry, longWork, workers);
    this.listings = listings;
    this.workers = workers;
    this.lastChange = lastChange;
  }

  /** Returns what serves the reads of entries. */
  EntryTurns entries() {
    return entries;
  }

  /** Returns what serves searches. */
  SearchTurns searches() {
    return searches;
  }

  /** Returns what watches the exchanges with peers. */
  GossipBeats beats() {
    return beats;
  }

  /** Takes up a change of an instance that is shown. */
  void changed(Change change) {
    listings.changed(change);
  }

  /** Takes up a change that only readers of all instances see. */
  void hiddenChanged() {
    hiddenChanges++;
  }

  Future<Listing> listing(Subject subject) {
    return listings.publish(subject);
  }

  Future<Listing> matching(Selection.Listed selection) {
    return listings.matching(selection);
  }

  Future<SortedMap<String, Integer>> services(View.Extent extent) {
    List<Map.Entry<String, Integer>> counts = view.counts(extent);
    return sorted(counts.size(), () -> inOrder(counts));
  }

  Map<String, Integer> instanceCounts(List<String> services) {
    Map<String, Integer> counts = new HashMap<>();
    services.forEach(service -> counts.put(service, view.instanceCount(service)));
    return counts;
  }

  Future<ServiceNames> serviceNames(View.Extent extent) {
    long change = lastChange.getAsLong() + (extent == View.Extent.ALL ? hiddenChanges : 0);
    return services(extent).map(counts -> new ServiceNames(List.copyOf(counts.keySet()), change));
  }

  Future<List<ServiceDocuments>> documents(DocumentsAsked asked) {
    List<ServiceDocuments.Unordered> first =
        ServiceDocuments.first(view, asked, lastChange.getAsLong());
    int instances = first.stream().mapToInt(one -> one.instances().size()).sum();
    return sorted(
        instances, () -> first.stream().map(ServiceDocuments.Unordered::inOrder).toList());
  }

  /** Puts many things in order by a worker. */
  private <A> Future<A> sorted(int count, Supplier<A> work) {
    return count <= SORTED_AT_ONCE_MAX ? Future.succeededFuture(work.get()) : workers.run(work);
  }

  private static SortedMap<String, Integer> inOrder(List<Map.Entry<String, Integer>> counts) {
    SortedMap<String, Integer> ordered = new TreeMap<>(Key.BYTE_ORDER);
    counts.forEach(count -> ordered.put(count.getKey(), count.getValue()));
    return ordered;
  }

  Future<NumberedListing> snapshot(Selection.Part selection) {
    return listings
        .snapshot(selection)
        .map(made ->
            new NumberedListing(made.page(), lastChange.getAsLong(), made.lines(), made.etag()));
  }

  Future<NumberedListing> snapshotUncached(String service) {
    long number = lastChange.getAsLong();
    return listings
        .uncached(service)
        .map(page -> new NumberedListing(page, number, List.of(), Optional.empty()));
  }
}

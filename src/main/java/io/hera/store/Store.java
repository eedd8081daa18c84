package io.hera.store;

import io.hera.registry.Delta;
import io.hera.registry.Digest;
import io.hera.registry.Divergence;
import io.hera.registry.Drains;
import io.hera.registry.InstanceView;
import io.hera.registry.Key;
import io.hera.registry.Outcome;
import io.hera.registry.Silence;
import io.hera.registry.SnapshotPage;
import io.hera.registry.View;
import io.hera.store.history.EventPage;
import io.hera.store.history.HistoryEvent;
import io.hera.store.history.LaterEvents;
import io.hera.store.page.Listing;
import io.hera.store.page.Selection;
import io.hera.store.page.Subject;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * All that can be asked of the state of one node. {@link BusStore} is the client that everything in the process uses; {@link
 * StoreVerticle} does the work, one request after the other.
 *
 * <p>May be called on any Vert.x context, on which the future completes. A future fails only when the store is gone or has a
 * defect; an expected outcome is a value.
 */
public interface Store {
  /** Most events that {@link #eventsAfter} looks at. */
  int LATER_EVENTS_MAX = 500;

  /** Does these writes in this order, many of them in several turns; returns the outcome of each. Single writes go through {@link WriteBatcher}. */
  Future<List<Outcome>> write(List<Write> writes);

  /** Returns one instance as it is shown now. */
  Future<Optional<InstanceView>> find(Key key);

  /** Returns the listing of a service or of all services, and publishes it for readers. */
  Future<Listing> listing(Subject subject);

  /** Returns the listing of the instances of a service, or of the services, that match. It is not published. */
  Future<Listing> matching(Selection.Listed selection);

  /** Returns the services with instances, in byte order, and how many each has. */
  Future<SortedMap<String, Integer>> services(View.Extent extent);

  /** Returns the number of instances of each of these services that are shown; 0 where there are none. */
  Future<Map<String, Integer>> instanceCounts(List<String> services);

  /** Returns the services with instances, and the number of the last change. */
  Future<ServiceNames> serviceNames(View.Extent extent);

  /** Returns the instances of the first of these services, at least of one: as many as one reply may have. */
  Future<List<ServiceDocuments>> documents(DocumentsAsked asked);

  /** Returns the entries of all origins on a key. */
  Future<KeyEntries> keyEntries(Key key);

  /** Returns the entries behind instances of a service. */
  Future<ServiceEntries> serviceEntries(EntriesAsked asked);

  /** Searches the names and documents of all instances; returns empty if that is too much at the moment. */
  Future<Optional<SearchResult>> search(SearchRequest request);

  /**
   * Returns the exchanges with peers since the listener last asked. They are gathered while it asks at least every ten seconds, and
   * not before.
   */
  Future<Beat> beat(BeatListener listener);

  /** Does a command on a drain; completes when this node shows what follows from it. */
  Future<DrainReply> drain(DrainCommand command);

  /** Returns the drains in force, in no particular order. */
  Future<List<Drains.State>> drains();

  /** Returns the listing of the instances selected, with the number of the last change before it; a stream of changes begins with it. */
  Future<NumberedListing> snapshot(Selection.Part selection);

  /** Like {@link #snapshot} of a service, uncached: for readers that do not come again. */
  Future<NumberedListing> snapshotUncached(String service);

  /** Begins a pull from a peer: returns the digest for its first request. */
  Future<Digest> digest(String peer);

  /** Returns the digest for a request to a peer that does not begin a pull. */
  Future<Digest> nextDigest(String peer);

  /** Admits the peer that asks (P9), and returns what this node holds above its digest. Publishes {@link #peersMet}. */
  Future<DeltaReply> delta(DeltaRequest request);

  /**
   * Receives what a peer answered: admits the peer (P9), merges, compares, and returns what to ask for next. A long answer is merged
   * in several turns.
   */
  Future<Receipt> receive(Reception reception);

  /** Counts that a peer holds or shows something else. */
  Future<Void> diverged(Divergence found);

  /** Returns the origins of which there are entries, this node first, for a snapshot (P14). */
  Future<List<String>> origins();

  /** Returns the next page of an origin, for a snapshot; the last one has no {@link SnapshotPage#more}. */
  Future<SnapshotPage> page(EntriesAbove asked);

  /** Returns the entries of all drains, for a file of their own (P18). */
  Future<Delta> drainEntries();

  /** Takes a page of a snapshot back, before the recovery (P14). */
  Future<Void> restore(SavedPage page);

  /** Ends the recovery: the node has its own entries back, or has waited long enough for them. */
  Future<Void> recovered(String how);

  /** Makes the node ready: it has the entries of its peers, or has waited long enough for them. */
  Future<Void> synchronised(String how);

  /** Returns everything that operators see of the state. */
  Future<StoreStatus> status();

  /** Changes limits, and members that are listed. */
  Future<Void> configure(StoreSettings settings);

  /** Returns events of the history, newest first. */
  Future<EventPage> events(EventPage.Request request);

  /** Returns the event of this number, if it is kept. */
  Future<Optional<HistoryEvent>> event(long number);

  /** Returns those that are wanted of the next {@value #LATER_EVENTS_MAX} events above a number, oldest first. */
  Future<LaterEvents> eventsAfter(LaterEvents.Request request);

  /** Takes events of former lives back, oldest first, before the node is ready. */
  Future<Void> restoreEvents(List<HistoryEvent> former);

  /** Replaces the members, which were found by DNS (P21); this node is one of them. */
  Future<Void> join(Set<String> members);

  /** The node is ready (P7); how it became so, for people. Published once. */
  Topic<String> ready();

  /** A peer has sent a request, and was admitted. */
  Topic<PeerMet> peersMet();

  /** The node has another life from now on, and asks its peers again for own entries (P9). */
  Topic<String> redrawn();

  /** The node has accepted writes: its newest version. The first write is published at once, those that follow after 10 to 50 ms. */
  Topic<Written> writes();

  /** Events of the history, within 20 ms. */
  Topic<List<HistoryEvent>> events();

  /** Content has changed. What changes within 20 ms is published together. */
  Topic<Changes> changes();

  /** Most instances of a service that this node has accepted have become silent, or are not silent any more. */
  Topic<Silence> silences();
}

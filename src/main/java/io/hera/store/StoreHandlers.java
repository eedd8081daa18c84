package io.hera.store;

import io.hera.registry.Delta;
import io.hera.registry.Digest;
import io.hera.registry.Divergence;
import io.hera.registry.Drains;
import io.hera.registry.InstanceView;
import io.hera.registry.Key;
import io.hera.registry.Outcome;
import io.hera.registry.SnapshotPage;
import io.hera.registry.View;
import io.hera.store.page.Listing;
import io.hera.store.page.Selection;
import io.hera.store.page.Subject;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** {@link Store} as the owner of the state does it: each method is one turn, on the owner's context. A reply that takes long
 * to make comes in a later turn. */
interface StoreHandlers {
  Future<List<Outcome>> write(List<Write> writes);

  Optional<InstanceView> find(Key key);

  Future<Listing> listing(Subject subject);

  Future<Listing> matching(Selection.Listed selection);

  Future<SortedMap<String, Integer>> services();

  Future<ServiceNames> serviceNames(View.Extent extent);

  Future<List<ServiceDocuments>> documents(DocumentsAsked asked);

  Future<DrainReply> drain(DrainCommand command);

  List<Drains.State> drains();

  Future<NumberedListing> snapshot(Selection.Part selection);

  Future<NumberedListing> snapshotUncached(String service);

  Digest digest(String peer);

  Digest nextDigest();

  Future<DeltaReply> delta(DeltaRequest request);

  Future<Receipt> receive(Reception reception);

  void diverged(Divergence found);

  List<String> origins();

  SnapshotPage page(EntriesAbove asked);

  Delta drainEntries();

  void restore(SavedPage page);

  void recovered(String how);

  void synchronised(String how);

  StoreStatus status();

  void configure(StoreSettings settings);

  /** Returns what serves the requests for the history. */
  HistoryRecorder history();

  void join(Set<String> members);
}

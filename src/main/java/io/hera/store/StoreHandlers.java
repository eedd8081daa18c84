package io.hera.store;

import io.hera.registry.Digest;
import io.hera.registry.InstanceView;
import io.hera.registry.Key;
import io.hera.registry.Outcome;
import io.hera.store.page.Filter;
import io.hera.store.page.Listing;
import io.hera.store.page.Selection;
import io.hera.store.page.Subject;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** {@link Store} as the owner of the state does it: each method is one turn, on the owner's context. */
interface StoreHandlers {
  List<Outcome> write(List<Write> writes);

  Optional<InstanceView> find(Key key);

  Listing listing(Subject subject);

  Listing matching(String service, Filter filter);

  SortedMap<String, Integer> services();

  List<InstanceDocument> documents(String service);

  NumberedListing snapshot(Selection.Part selection);

  NumberedListing snapshotUncached(String service);

  Digest digest(String peer);

  Digest nextDigest();

  DeltaReply delta(DeltaRequest request);

  Receipt receive(Reception reception);

  void diverged(String origin);

  void recovered(String how);

  void synchronised(String how);

  StoreStatus status();

  void configure(StoreSettings settings);
}

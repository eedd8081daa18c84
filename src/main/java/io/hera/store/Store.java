package io.hera.store;

import io.hera.registry.Checksum;
import io.hera.registry.Comparison;
import io.hera.registry.Delta;
import io.hera.registry.Digest;
import io.hera.registry.InstanceView;
import io.hera.registry.Key;
import io.hera.registry.Merged;
import io.hera.registry.Outcome;
import io.hera.store.page.Filter;
import io.hera.store.page.Listing;
import io.hera.store.page.Selection;
import io.hera.store.page.Subject;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * All that can be asked of the state of one node. {@link BusStore} is the client that everything in the process uses; {@link
 * StoreVerticle} does the work, one request after the other.
 *
 * <p>May be called on any Vert.x context, on which the future completes. A future fails only when the store is gone or has a
 * defect; an expected outcome is a value.
 */
public interface Store {
  /** Does these writes in this order; returns the outcome of each. Single writes go through {@link WriteBatcher}. */
  Future<List<Outcome>> write(List<Write> writes);

  /** Returns one instance as it is shown now. */
  Future<Optional<InstanceView>> find(Key key);

  /** Returns the listing of a service or of all services, and publishes it for readers. */
  Future<Listing> listing(Subject subject);

  /** Returns the listing of the instances of a service that match. It is not published. */
  Future<Listing> matching(String service, Filter filter);

  /** Returns the services with instances, in byte order, and how many each has. */
  Future<SortedMap<String, Integer>> services();

  /** Returns the listing of the instances selected, with the number of the last change before it; a stream of changes begins with it. */
  Future<NumberedListing> snapshot(Selection.Part selection);

  /** Like {@link #snapshot} of a service, uncached: for readers that do not come again. */
  Future<NumberedListing> snapshotUncached(String service);

  /** Returns what to ask a peer for. Begins a pull. */
  Future<Digest> digest();

  /** Returns what to ask the same peer for after a page that was not the last. */
  Future<Digest> nextDigest();

  /** Returns what this node holds above a digest. */
  Future<DeltaResponse> delta(DeltaRequest request);

  /** Applies what a peer answered. */
  Future<Merged> merge(Delta delta);

  /** Compares what a peer holds with what is held here, after the peer's answer was merged. */
  Future<Comparison> compare(Map<String, Checksum> theirs);

  /** Counts that a peer holds something else of this origin at the same horizon. */
  Future<Void> diverged(String origin);

  /** Checks a peer's identity (P9); empty if it is accepted, else the reason. Publishes {@link #peerReturns}. */
  Future<Optional<String>> admit(PeerIdentities.Introduction introduction);

  /** Ends a pull from this peer that went well and left nothing to ask for. */
  Future<Void> pulled(String peer);

  /** Ends the recovery: the node has its own entries back, or has waited long enough for them. */
  Future<Void> recovered(String how);

  /** Stores how an exchange with a peer ended, for {@link #status}. */
  Future<Void> report(PeerReport report);

  /** Returns everything that operators see of the state. */
  Future<StoreStatus> status();

  /** Changes members and limits. */
  Future<Void> configure(StoreSettings settings);

  /** A peer that was started anew, or had failed to answer, is back: its name. */
  Topic<String> peerReturns();

  /** The node has accepted writes: its newest version. The first write is published at once, those that follow after 10 to 50 ms. */
  Topic<Long> writes();

  /** Content has changed. What changes within 20 ms is published together. */
  Topic<Changes> changes();
}

package io.hera.store;

import io.hera.registry.Change;
import io.hera.registry.Checksum;
import io.hera.registry.Comparison;
import io.hera.registry.ContentHash;
import io.hera.registry.Delta;
import io.hera.registry.Digest;
import io.hera.registry.Entry;
import io.hera.registry.InstanceView;
import io.hera.registry.Key;
import io.hera.registry.Merged;
import io.hera.registry.OriginDelta;
import io.hera.registry.Outcome;
import io.hera.registry.Registry;
import io.hera.registry.RegistryStats;
import io.hera.store.page.Filter;
import io.hera.store.page.Listing;
import io.hera.store.page.Listings;
import io.hera.store.page.Selection;
import io.hera.store.page.Subject;
import io.hera.wire.NodeId;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work of the store: one method per request, each of them one turn of the {@link Registry}, of which this holds the only
 * reference. Owned by {@link StoreVerticle}; used on its context only.
 */
final class StoreTurns implements StoreHandlers {
  private static final Logger log = LoggerFactory.getLogger(StoreTurns.class);

  /** Slots purged per turn: few enough to take a few milliseconds. */
  private static final int PURGE_SLOTS_MAX = 10_000;

  private final Store store;
  private final Readiness readiness;
  private final NodeId self;
  private final InstantSource wall;
  private final LongSupplier monotonicNanos;
  private final PeerIdentities identities;
  private final Registry registry;
  private final Listings listings;
  private final ChangeBatcher changes;
  private final WriteNotifier notifier;
  private final DeltaResponses responses;
  private final PeerHorizons horizons = new PeerHorizons();
  private final Histogram propagation = new Histogram();
  private final Map<String, PeerReport> peers = new TreeMap<>();
  private Set<String> members;
  private long livenessMillis;

  /**
   * The state of one node.
   *
   * @param readSide written in the turn in which the state changes
   * @param hash tells what the content of an instance is
   * @param wall unix time
   * @param monotonicNanos never goes back
   * @param timers run what is to be done later, on the context of the store
   */
  StoreTurns(
      Store store,
      ReadSide readSide,
      NodeId self,
      StoreSettings settings,
      ContentHash hash,
      InstantSource wall,
      LongSupplier monotonicNanos,
      WriteNotifier.Later timers) {
    this.store = store;
    this.readiness = readSide.readiness();
    this.self = self;
    this.wall = wall;
    this.monotonicNanos = monotonicNanos;
    this.members = settings.members();
    this.livenessMillis = settings.limits().livenessMillis();
    this.identities = new PeerIdentities(self.name(), self.life());
    this.registry = new Registry(
        self.name(), members, settings.limits(), wall, monotonicNanos, hash, this::changed);
    this.listings = new Listings(registry, readSide.listings());
    this.changes = new ChangeBatcher(timers, batch -> {
      readSide.changes().add(batch);
      store.changes().publish(batch);
    });
    this.notifier = new WriteNotifier(() -> store.writes().publish(registry.last()), timers);
    this.responses = new DeltaResponses(registry, notifier, self.name(), monotonicNanos);
  }

  /** Drops what has expired; returns whether there may be more to do at once. */
  boolean purge() {
    return turn(() -> registry.purge(PURGE_SLOTS_MAX));
  }

  @Override
  public List<Outcome> write(List<Write> writes) {
    return turn(() -> writes.stream().map(this::write).toList());
  }

  @Override
  public Optional<InstanceView> find(Key key) {
    return turn(() -> Optional.ofNullable(registry.instance(key)));
  }

  @Override
  public Listing listing(Subject subject) {
    return listings.publish(subject);
  }

  @Override
  public Listing matching(String service, Filter filter) {
    return listings.matching(service, filter);
  }

  @Override
  public SortedMap<String, Integer> services() {
    return registry.view().instanceCounts();
  }

  @Override
  public NumberedListing snapshot(Selection.Part selection) {
    return new NumberedListing(listings.snapshot(selection), changes.last());
  }

  @Override
  public NumberedListing snapshotUncached(String service) {
    return new NumberedListing(listings.uncached(service), changes.last());
  }

  @Override
  public Digest digest() {
    return turn(registry::digest);
  }

  @Override
  public Digest nextDigest() {
    return registry.nextDigest();
  }

  @Override
  public DeltaResponse delta(DeltaRequest request) {
    request
        .from()
        .filter(members::contains)
        .ifPresent(name -> horizons.asked(name, request.digest(), members));
    return turn(() -> responses.answer(request, livenessMillis));
  }

  /** Versions are about unix milliseconds: they tell when a write was made. */
  @Override
  public Merged merge(Delta delta) {
    Map<String, Long> before = registry.nextDigest().horizons();
    Merged merged = turn(() -> registry.merge(delta));
    long now = wall.millis();
    for (OriginDelta part : delta.origins()) {
      long reached = before.getOrDefault(part.origin(), Long.MAX_VALUE);
      for (Entry entry : part.entries()) {
        if (entry.version() > reached && !part.origin().equals(self.name())) {
          propagation.count(1_000 * Math.max(0, now - entry.version()));
        }
      }
    }
    return merged;
  }

  @Override
  public Comparison compare(Map<String, Checksum> theirs) {
    return turn(() -> registry.compare(theirs));
  }

  @Override
  public void diverged(String origin) {
    registry.diverged(origin);
  }

  @Override
  public Optional<String> admit(PeerIdentities.Introduction introduction) {
    String name = introduction.name();
    String expected = introduction.expected();
    if (!members.contains(name) && name.equals(expected)) {
      return Optional.empty();
    }
    boolean quiet = identities.conflicts().get(expected) == null;
    boolean back = !identities.knows(name, introduction.life()) || failing(name);
    Optional<String> conflict = identities.conflict(introduction, monotonicMillis());
    if (conflict.isPresent() && quiet) {
      log.error("exchange refused: {}", conflict.get());
    } else if (conflict.isEmpty() && back) {
      store.peerReturns().publish(name);
    }
    return conflict;
  }

  @Override
  public void pulled(String peer) {
    registry.pulled();
  }

  @Override
  public void recovered(String how) {
    if (registry.recovering()) {
      registry.recovered();
      readiness.recover();
      notifier.wrote();
      log.info("ready: {}, instances={}", how, registry.stats().instances());
    }
  }

  @Override
  public void report(PeerReport report) {
    if (members.contains(report.name())) {
      peers.put(report.name(), report);
    }
  }

  @Override
  public StoreStatus status() {
    RegistryStats stats = registry.stats();
    return new StoreStatus(
        stats,
        monotonicMillis(),
        new TreeMap<>(peers),
        horizons.lags(stats),
        identities.conflicts(),
        identities.refused(),
        propagation);
  }

  @Override
  public void configure(StoreSettings settings) {
    members = settings.members();
    livenessMillis = settings.limits().livenessMillis();
    registry.configure(members, settings.limits());
    peers.keySet().retainAll(members);
    horizons.retain(members);
  }

  /** Any turn of the registry may write: own entries get new versions when a clock is corrected (P4, P8). */
  private <A> A turn(Supplier<A> work) {
    A result = work.get();
    notifier.upTo(registry.last());
    return result;
  }

  private Outcome write(Write write) {
    if (write instanceof Write.Put put) {
      return registry.put(put.key(), put.document(), put.ttlMillis());
    }
    if (write instanceof Write.Renew renew) {
      return registry.renew(renew.key(), renew.ttlMillis());
    }
    return registry.remove(write.key());
  }

  private void changed(Change change) {
    listings.changed(change);
    if (change.contentChanged()) {
      changes.add(change);
    }
  }

  private boolean failing(String name) {
    PeerReport report = peers.get(name);
    return report != null && !report.lastError().isEmpty();
  }

  private long monotonicMillis() {
    return monotonicNanos.getAsLong() / 1_000_000;
  }
}

package io.hera.store;

import io.hera.registry.Change;
import io.hera.registry.ContentHash;
import io.hera.registry.Digest;
import io.hera.registry.Divergence;
import io.hera.registry.Drains;
import io.hera.registry.InstanceView;
import io.hera.registry.Key;
import io.hera.registry.Outcome;
import io.hera.registry.Registry;
import io.hera.registry.Silence;
import io.hera.store.page.Listings;
import io.hera.store.page.Workers;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
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

  /** Slots purged per turn: a few milliseconds. */
  private static final int PURGE_SLOTS_MAX = 1_000;

  private final Store store;
  private final Readiness readiness;
  private final ClockCorrection clock;
  private final InstanceCounts restored;
  private final InstanceCounts drained;
  private final DrainsInForce drainsInForce;
  private final LongSupplier monotonicNanos;
  private final Registry registry;
  private final RegistryWrites writes;
  private final ReadTurns reads;
  private final SavedTurns saved;
  private final ChangeBatcher changes;
  private final HistoryRecorder history;
  private final SilentServices silences;
  private final PeerTurns peers;
  private final DrainTurns drains;
  private final LongWork longWork;
  private final StatusTurns status;
  private StoreSettings settings;

  /**
   * The state of one node.
   *
   * @param readSide written in the turn in which the state changes
   * @param wall unix time
   * @param monotonicNanos never goes back
   * @param timers run delayed work, on the context of the store
   * @param workers make what would take long
   * @param nextTurn goes on with long work after other requests
   */
  StoreTurns(
      Store store,
      ReadSide readSide,
      OwnHandshake self,
      StoreSettings settings,
      ContentHash hash,
      InstantSource wall,
      LongSupplier monotonicNanos,
      Timers timers,
      Workers workers,
      Executor nextTurn) {
    this.store = store;
    this.settings = settings;
    this.longWork = new LongWork(nextTurn);
    this.readiness = readSide.readiness();
    this.clock = readSide.clock();
    this.restored = readSide.restored();
    this.drained = readSide.drained();
    this.drainsInForce = readSide.drains();
    this.monotonicNanos = monotonicNanos;
    this.silences = new SilentServices(this::silence);
    this.registry = new Registry(
        self.handshake().name(),
        settings.members(),
        settings.limits(),
        wall,
        monotonicNanos,
        hash,
        new ViewNotices(
            this::changed,
            this::moved,
            this::hidden,
            this::confirmed,
            this::drained,
            silences::changed,
            this::walks));
    this.writes = new RegistryWrites(registry, readiness);
    this.saved = new SavedTurns(registry);
    this.changes = new ChangeBatcher(timers, batch -> {
      readSide.changes().add(batch);
      store.changes().publish(batch);
    });
    this.peers = new PeerTurns(
        self, registry, settings, monotonicNanos, timers, new PeerNotices(store, self));
    this.reads = new ReadTurns(
        registry,
        new Listings(registry, readSide.listings(), readSide.pages(), workers),
        workers,
        longWork,
        changes::last,
        peers.beats());
    this.history =
        new HistoryRecorder(registry, self, writes::acting, timers, store.events()::publish);
    this.drains = new DrainTurns(registry, peers, longWork, nextTurn);
    this.status = new StatusTurns(registry, writes, peers, history, monotonicNanos);
  }

  /** Drops expired entries; returns whether there may be more to do at once. */
  boolean purge() {
    boolean more = turn(() -> registry.purge(PURGE_SLOTS_MAX));
    clock.set(registry.clock());
    silences.pass(monotonicMillis());
    return more;
  }

  /** A few writes are done at once, without the turn that would be scheduled after them. */
  @Override
  public Future<List<Outcome>> write(List<Write> wanted) {
    return ManyWrites.work(wanted) < LongWork.PART
        ? Future.succeededFuture(writeNow(wanted))
        : longWork.run(new ManyWrites(wanted, this::writeNow));
  }

  private List<Outcome> writeNow(List<Write> some) {
    return turn(() -> {
      List<Outcome> outcomes = new ArrayList<>(some.size());
      for (Write write : some) {
        outcomes.add(writes.write(write));
      }
      return outcomes;
    });
  }

  @Override
  public Optional<InstanceView> find(Key key) {
    return turn(() -> Optional.ofNullable(registry.instance(key)));
  }

  @Override
  public ReadTurns reads() {
    return reads;
  }

  @Override
  public SavedTurns saved() {
    return saved;
  }

  @Override
  public Future<DrainReply> drain(DrainCommand command) {
    return drains.command(command);
  }

  @Override
  public List<Drains.State> drains() {
    return drains.all();
  }

  @Override
  public Digest digest(String peer) {
    return peers.digest(peer);
  }

  @Override
  public Digest nextDigest(String peer) {
    return peers.nextDigest(peer);
  }

  @Override
  public Future<DeltaReply> delta(DeltaRequest request) {
    return longWork.run(LongWork.inOneTurn(() -> peers.delta(request), DeltaReply::work));
  }

  @Override
  public Future<Receipt> receive(Reception reception) {
    String peer = reception.peer();
    return DeltaParts.work(reception.delta()) < LongWork.PART
        ? Future.succeededFuture(history.heardFrom(peer, () -> peers.receive(reception)))
        : longWork.run(history.heardFrom(peer, peers.receiving(reception)));
  }

  @Override
  public void diverged(Divergence found) {
    peers.diverged(found);
  }

  @Override
  public void recovered(String how) {
    if (registry.recovering()) {
      peers.recovered();
      readiness.recover();
      log.info("recovered: {}", how);
    }
  }

  @Override
  public void synchronised(String how) {
    if (!readiness.synchronised()) {
      peers.synchronised();
      readiness.synchronise();
      history.begin();
      store.ready().publish(how);
      log.info("ready: {}, instances={}", how, registry.stats().instances());
    }
  }

  @Override
  public StoreStatus status() {
    return status.status();
  }

  @Override
  public void configure(StoreSettings changed) {
    replace(changed.after(settings));
  }

  @Override
  public void join(Set<String> members) {
    replace(settings.with(members));
  }

  private void replace(StoreSettings changed) {
    settings = changed;
    registry.configure(changed.members(), changed.limits());
    peers.configure(changed);
  }

  @Override
  public HistoryRecorder history() {
    return history;
  }

  /** Any turn of the registry may write: own entries get new versions when a clock is corrected (P4, P8). */
  private <A> A turn(Supplier<A> work) {
    A result = work.get();
    peers.turned();
    return result;
  }

  private void moved(Change change) {
    history.changed(change);
  }

  private void changed(Change change) {
    reads.changed(change);
    if (change.contentChanged()) {
      writes.changed(change);
      changes.add(change);
      history.changed(change);
    }
  }

  /** A drained instance has changed: only readers of all instances see it. */
  private void hidden(Change change) {
    if (change.contentChanged()) {
      reads.hiddenChanged();
      writes.changed(change);
    }
  }

  private void silence(Silence silence) {
    store.silences().publish(silence);
    history.silence(silence);
  }

  private void confirmed(String service) {
    restored.set(service, registry.view().restoredCount(service));
  }

  private void drained(String service) {
    drained.set(service, registry.view().drainedCount(service));
  }

  private void walks() {
    drainsInForce.set(registry.view().hasDrains());
    reads.hiddenChanged();
    drains.walks();
  }

  private long monotonicMillis() {
    return monotonicNanos.getAsLong() / 1_000_000;
  }
}

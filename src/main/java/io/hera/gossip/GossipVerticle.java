package io.hera.gossip;

import io.hera.store.Store;
import io.hera.wire.Address;
import io.hera.wire.NodeId;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a node in step with its peers: at first asks them all for the node's own entries, then pulls from one after the other
 * (PROTOCOL §7, P7). Owns the timers of the rounds, the {@link Peer}s and their {@link HangingPull}s.
 */
public final class GossipVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(GossipVerticle.class);

  /** Pulls that peers cause by asking us are gathered for so long, which bounds how many they can cause. */
  private static final long HEARD_MILLIS = 50;

  private final Store store;
  private final NodeId self;
  private final Clocks clocks;
  private final RandomGenerator chance;
  private final PeerSchedule schedule;
  private final Puller puller;
  private final Map<String, Peer> peers = new TreeMap<>();
  private final Map<String, HangingPull> hanging = new HashMap<>();
  private final Set<String> heard = new LinkedHashSet<>();
  private GossipSettings settings;
  private long roundTimer;

  /**
   * The gossip of one node. The store it asks is to be deployed before it.
   *
   * @param wall unix time
   * @param monotonicNanos never goes back; the store's
   * @param chance shuffles, jitters and backs off
   */
  public GossipVerticle(
      Store store,
      NodeId self,
      GossipSettings settings,
      InstantSource wall,
      LongSupplier monotonicNanos,
      RandomGenerator chance) {
    this.store = store;
    this.self = self;
    this.settings = settings;
    this.clocks = new Clocks(wall, monotonicNanos);
    this.chance = chance;
    this.schedule = new PeerSchedule(chance);
    this.puller = new Puller(store, self.name(), clocks, settings);
  }

  /** Does not wait for the recovery: the store says when the node is ready. */
  @Override
  public Future<?> start() {
    settings.peers().forEach(this::add);
    Future<Void> listening = store.peerReturns().subscribe(this::heard);
    recover();
    armRound();
    return listening;
  }

  @Override
  public Future<?> stop() {
    vertx.cancelTimer(roundTimer);
    return Future.join(peers.values().stream().map(Peer::close).toList());
  }

  /**
   * Changes the settings while running. Peers that are new, or have moved, are pulled at once; those that are gone are let go
   * of. May be called on any thread.
   */
  public Future<Void> configure(GossipSettings changed) {
    return Future.future(promise -> context.runOnContext(turn -> {
      apply(changed);
      promise.complete();
    }));
  }

  private void apply(GossipSettings changed) {
    settings = changed;
    puller.configure(changed);
    for (Peer peer : List.copyOf(peers.values())) {
      if (!peer.address.equals(changed.peers().get(peer.name))) {
        remove(peer);
      }
    }
    changed.peers().forEach((name, address) -> {
      if (!peers.containsKey(name)) {
        add(name, address);
        pull(name);
      }
    });
    vertx.cancelTimer(roundTimer);
    armRound();
  }

  private void add(String name, Address address) {
    String speaker = new NodeId(self.name(), self.life()).header();
    Supplier<PeerClient> clients = () -> new PeerClient(vertx, address, speaker, clocks);
    Peer peer = new Peer(name, address, clients, clocks);
    peers.put(name, peer);
    hanging.put(name, new HangingPull(vertx, peer, puller, clocks, chance));
    schedule.add(name);
  }

  private void remove(Peer peer) {
    peers.remove(peer.name);
    hanging.remove(peer.name);
    schedule.remove(peer.name);
    peer.close();
  }

  /** P7. Each peer is pulled for the first time when it has answered: one that hangs does not keep the others waiting. */
  private void recover() {
    List<Future<Void>> attempts = new ArrayList<>();
    for (Peer peer : peers.values()) {
      schedule.begin(peer.name);
      attempts.add(run(peer, puller::recover).onSuccess(recovered -> pull(peer.name)));
    }
    Recovery.await(vertx, attempts, settings.recoveryTimeoutMillis())
        .compose(store::recovered)
        .onFailure(defect -> log.error("the store does not take the end of the recovery", defect));
  }

  private void armRound() {
    long tenth = settings.intervalMillis() / 10;
    long jittered = settings.intervalMillis() - tenth + chance.nextLong(2 * tenth + 1);
    roundTimer = vertx.setTimer(Math.max(1, jittered), due -> {
      armRound();
      schedule.round(clocks.monotonicMillis()).forEach(this::runPull);
    });
  }

  private void heard(String name) {
    Optional.ofNullable(hanging.get(name)).ifPresent(HangingPull::heard);
    if (schedule.heard(name)) {
      if (heard.isEmpty()) {
        vertx.setTimer(HEARD_MILLIS, due -> pullHeard());
      }
      heard.add(name);
    }
  }

  private void pullHeard() {
    List<String> names = List.copyOf(heard);
    heard.clear();
    names.forEach(this::pull);
  }

  /** Pulls out of turn, unless the peer is being asked already. */
  private void pull(String name) {
    if (schedule.begin(name)) {
      runPull(name);
    }
  }

  private void runPull(String name) {
    Peer peer = peers.get(name);
    if (peer != null) {
      run(peer, puller::pull)
          .onSuccess(done -> Optional.ofNullable(hanging.get(name)).ifPresent(HangingPull::begin));
    }
  }

  /** Runs what has been begun in the schedule, and ends it there. */
  private Future<Void> run(Peer peer, Function<Peer, Future<Void>> exchanges) {
    return exchanges
        .apply(peer)
        .onSuccess(done -> ended(peer, null))
        .onFailure(cause -> ended(peer, cause));
  }

  private void ended(Peer peer, @Nullable Throwable cause) {
    if (peer.closed()) {
      return;
    }
    if (cause == null) {
      schedule.succeeded(peer.name);
    } else {
      schedule.failed(peer.name, clocks.monotonicMillis());
      if (!(cause instanceof ExchangeFailed)) {
        log.error("the store did not answer peer={}", peer.name, cause);
      }
    }
  }
}

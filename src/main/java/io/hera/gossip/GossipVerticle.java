package io.hera.gossip;

import io.hera.registry.Digest;
import io.hera.registry.Divergence;
import io.hera.store.OwnHandshake;
import io.hera.store.Receipt;
import io.hera.store.Store;
import io.hera.tls.live.LiveTls;
import io.hera.wire.Address;
import io.hera.wire.PeerReply;
import io.hera.wire.PeerStatus;
import io.hera.wire.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a node in step with its peers: runs the {@link Command}s of {@link Gossip} over the network, the store and timers, and
 * reports their results back. Owns the {@link Peer}s and their statistics.
 */
public final class GossipVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(GossipVerticle.class);
  private static final long PULL_SILENCE_MILLIS = 2_000;

  private final Store store;
  private final OwnHandshake self;
  private final Optional<LiveTls> tls;
  private final Clocks clocks;
  private final HostResolver resolver;
  private final PeerProof proof;
  private final Gossip gossip;
  private final Map<String, Peer> peers = new TreeMap<>();
  private final Questions questions;
  private GossipSettings settings;
  private volatile Optional<Context> running = Optional.empty();

  /**
   * The gossip of one node. The store is to be deployed before it.
   *
   * @param tls empty if peers are reached without TLS
   * @param proof shown to peers
   * @param resolver finds the hosts of peers
   * @param random shuffles, jitters and backs off
   */
  public GossipVerticle(
      Store store,
      OwnHandshake self,
      Optional<LiveTls> tls,
      PeerProof proof,
      GossipSettings settings,
      Clocks clocks,
      HostResolver resolver,
      RandomGenerator random) {
    this.store = store;
    this.self = self;
    this.tls = tls;
    this.proof = proof;
    this.settings = settings;
    this.clocks = clocks;
    this.resolver = resolver;
    this.gossip = new Gossip(self.handshake().name(), settings, random);
    this.questions = new Questions(this::askPeers, this::now);
  }

  /** Does not wait for the recovery: the store says when the node is ready. */
  @Override
  public Future<?> start() {
    Future<Void> subscribed = store
        .peersMet()
        .subscribe(met -> run(gossip.peerMet(met)))
        .compose(done -> store.redrawn().subscribe(life -> run(gossip.askAgain(now()))));
    running = Optional.of(context);
    run(gossip.start(now()));
    return subscribed;
  }

  @Override
  public Future<?> stop() {
    running = Optional.empty();
    List<Future<Void>> closing = peers.values().stream().map(Peer::close).toList();
    peers.clear();
    return Future.join(closing);
  }

  /** Changes the settings while running. May be called on any thread. */
  public Future<Void> configure(GossipSettings changed) {
    return Future.future(promise -> context.runOnContext(turn -> {
      settings = changed.after(settings);
      run(gossip.configure(settings, now()));
      promise.complete();
    }));
  }

  /** Replaces the peers, which were found by DNS (P21). May be called on any thread. */
  Future<Void> found(Map<String, PeerAddress> peers, GossipSettings.Search search) {
    return Future.future(promise -> context.runOnContext(turn -> {
      settings = settings.with(peers, search);
      run(gossip.configure(settings, now()));
      promise.complete();
    }));
  }

  /**
   * Returns how exchanges with each peer go, by name; nothing while gossip does not run. May be called on any context, on which the
   * future completes.
   */
  public Future<Map<String, PeerStatus>> peers() {
    return running.map(this::report).orElseGet(() -> Future.succeededFuture(Map.of()));
  }

  private Future<Map<String, PeerStatus>> report(Context own) {
    return on(own, () -> Future.succeededFuture(report()));
  }

  /**
   * Asks all peers for a target, for an operator; returns their replies by name, none while gossip does not run. Fails with a {@link
   * ProblemException} if operators ask too much. May be called on any context, on which the future completes.
   */
  public Future<Map<String, PeerReply>> ask(String target) {
    return running
        .map(own -> on(own, () -> questions.ask(target)))
        .orElseGet(() -> Future.succeededFuture(Map.of()));
  }

  private Future<Map<String, PeerReply>> askPeers(String target) {
    Map<String, Future<PeerReply>> asked = new TreeMap<>();
    peers.forEach((name, peer) ->
        asked.put(name, peer.ask(target, gossip.dialect(name), Questions.DEADLINE_MILLIS)));
    return Future.join(List.copyOf(asked.values())).map(done -> {
      Map<String, PeerReply> replies = new TreeMap<>();
      asked.forEach((name, reply) -> replies.put(name, reply.result()));
      return replies;
    });
  }

  /** Does work on the own context; the future completes on that of the caller. */
  private <T> Future<T> on(Context own, Supplier<Future<T>> work) {
    Context caller = vertx.getOrCreateContext();
    return Future.future(promise -> own.runOnContext(turn -> work.get()
        .onSuccess(done -> caller.runOnContext(back -> promise.complete(done)))
        .onFailure(failure -> caller.runOnContext(back -> promise.fail(failure)))));
  }

  private Map<String, PeerStatus> report() {
    Map<String, PeerStatus> reports = new TreeMap<>();
    peers.forEach(
        (name, peer) -> reports.put(name, peer.report(gossip.dialect(name), gossip.hangs(name))));
    return reports;
  }

  private void run(List<Command> commands) {
    if (running.isPresent()) {
      commands.forEach(this::run);
    }
  }

  private void run(Command command) {
    if (command instanceof Command.Step step) {
      step(step)
          .recover(
              cause -> Future.succeededFuture(gossip.failed(step.lane(), failure(cause), now())))
          .onSuccess(this::run);
    } else if (command instanceof Command.Timer timer) {
      vertx.setTimer(timer.millis(), due -> run(gossip.due(timer, now())));
    } else {
      happened((Command.Notice) command);
    }
  }

  private Future<List<Command>> step(Command.Step step) {
    Lane lane = step.lane();
    if (step instanceof Command.Ask ask) {
      return ask(ask).map(fetched -> gossip.answered(lane, fetched.answer(), now()));
    }
    if (step instanceof Command.Receive receive) {
      return store
          .receive(receive.reception())
          .onSuccess(receipt -> received(lane, receipt))
          .map(receipt -> gossip.received(lane, receipt, now()));
    }
    Future<Digest> digest = step instanceof Command.BeginPull
        ? store.digest(lane.peer())
        : store.nextDigest(lane.peer());
    return digest.map(read -> gossip.digest(lane, read, now()));
  }

  private Future<Fetched> ask(Command.Ask ask) {
    Lane lane = ask.lane();
    Peer peer = peers.get(lane.peer());
    return peer == null
        ? Future.failedFuture(new ExchangeFailed("is not a member any more"))
        : peer.fetch(
            lane.kind(),
            ask.target(),
            new PeerClient.Terms(
                ask.deadlineMillis(), silenceMillis(ask), settings.livenessMillis()));
  }

  /** A pull without a byte for so long has lost its connection: it was made before the network worked, for example (P7). */
  private static long silenceMillis(Command.Ask ask) {
    return ask.lane().kind() == Lane.Kind.PULL
        ? Math.min(PULL_SILENCE_MILLIS, ask.deadlineMillis())
        : ask.deadlineMillis();
  }

  private void received(Lane lane, Receipt receipt) {
    Peer peer = peers.get(lane.peer());
    if (peer != null && receipt instanceof Receipt.Refused) {
      peer.refused(lane.kind());
    }
    if (peer != null && lane.kind() == Lane.Kind.PULL && receipt instanceof Receipt.Taken) {
      peer.taken(settings.maxSkewMillis());
    }
  }

  private void happened(Command.Notice notice) {
    if (notice instanceof Command.Connect connect) {
      connect(connect);
    } else if (notice instanceof Command.Disconnect disconnect) {
      Optional.ofNullable(peers.remove(disconnect.peer())).ifPresent(Peer::close);
    } else if (notice instanceof Command.Failed failed) {
      failed(failed);
    } else if (notice instanceof Command.Diverged diverged) {
      diverged(diverged);
    } else if (notice instanceof Command.Recovering recovering) {
      RecoveryProgress progress = recovering.progress();
      log.info("recovering: {} so far, failed={}", progress, progress.failed());
    } else if (notice instanceof Command.Recovered recovered) {
      store
          .recovered(recovered.how())
          .onFailure(defect -> log.error("the store does not end the recovery", defect));
    } else if (notice instanceof Command.Synchronised synchronised) {
      store
          .synchronised(synchronised.how())
          .onFailure(defect -> log.error("the store does not become ready", defect));
    }
  }

  private void connect(Command.Connect connect) {
    PeerAddress at = connect.address();
    Peer.Clients first = clients(at, at.address(), tls);
    Optional<Peer.Clients> second = at.clear().map(clear -> clients(at, clear, Optional.empty()));
    peers.put(connect.peer(), new Peer(connect.peer(), at, first, second, this::now));
  }

  private Peer.Clients clients(PeerAddress at, Address address, Optional<LiveTls> by) {
    HostResolver hosts = at.found().<HostResolver>map(ip -> host -> List.of(ip)).orElse(resolver);
    return Peer.Clients.of(
        by.isPresent(), () -> new PeerClient(vertx, address, hosts, by, proof, self, clocks));
  }

  private void failed(Command.Failed failed) {
    Lane lane = failed.lane();
    Peer peer = peers.get(lane.peer());
    if (peer != null && lane.kind() == Lane.Kind.PULL) {
      peer.failed(failed.failure().reason());
    } else {
      log.debug(
          "hanging pull failed peer={} reason={}", lane.peer(), failed.failure().reason());
    }
  }

  private void diverged(Command.Diverged diverged) {
    String peer = diverged.lane().peer();
    if (diverged.found() instanceof Divergence.OfOrigin one) {
      log.warn(
          "peer holds other entries peer={} origin={}: pulling them again from 0",
          peer,
          one.origin());
    } else {
      log.warn("peer shows other instances peer={}: pulling everything again from 0", peer);
    }
    store
        .diverged(diverged.found())
        .onFailure(defect -> log.error("the store does not count a divergence", defect));
  }

  private static Failure failure(Throwable cause) {
    if (cause instanceof ExchangeFailed failed) {
      return failed.failure();
    }
    log.error("defect in gossip, or the store does not answer", cause);
    return Failure.of("internal error");
  }

  private long now() {
    return clocks.monotonicMillis();
  }
}

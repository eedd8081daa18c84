package io.hera.gossip;

import io.hera.registry.Digest;
import io.hera.store.OwnHandshake;
import io.hera.store.Store;
import io.hera.tls.live.LiveTls;
import io.hera.wire.Address;
import io.hera.wire.DeltasTarget;
import io.hera.wire.Handshake;
import io.hera.wire.NodeStatus;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the {@link DiscoveryCommand}s of {@link Discovery}: resolves the name of the cluster by a worker, probes addresses, and has the
 * store and gossip take over the peers. A probe asks for no entries: it is a request for deltas of no origin.
 */
public final class DiscoveryVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(DiscoveryVerticle.class);
  private static final PeerClient.Terms TERMS = new PeerClient.Terms(2_000, 2_000, 1);
  private static final DeltasTarget NOTHING = DeltasTarget.of(new Digest(Map.of()));

  private final Store store;
  private final GossipVerticle gossip;
  private final OwnHandshake self;
  private final Address dns;
  private final Reach reach;
  private final LongSupplier nowMillis;
  private final Discovery discovery;
  private Future<Void> told = Future.succeededFuture();
  private volatile Optional<Context> running = Optional.empty();

  /**
   * How addresses are found and asked.
   *
   * @param tls empty if peers are reached without TLS
   * @param proof shown to peers
   */
  public record Reach(
      HostResolver resolver, Optional<LiveTls> tls, PeerProof proof, Clocks clocks) {}

  /**
   * The discovery of one node. Store and gossip are to be deployed before it.
   *
   * @param dns the name of the cluster in DNS, and the port of all nodes
   * @param random spreads the requests to DNS
   */
  public DiscoveryVerticle(
      Store store,
      GossipVerticle gossip,
      OwnHandshake self,
      Address dns,
      Reach reach,
      RandomGenerator random) {
    this.store = store;
    this.gossip = gossip;
    this.self = self;
    this.dns = dns;
    this.reach = reach;
    this.nowMillis = reach.clocks()::monotonicMillis;
    Handshake own = self.handshake();
    this.discovery = new Discovery(own.name(), own.cluster(), random);
  }

  @Override
  public Future<?> start() {
    running = Optional.of(context);
    Future<Void> subscribed = store.peersMet().subscribe(met -> {
      if (!discovery.peers().containsKey(met.name())) {
        run(discovery.asked(nowMillis.getAsLong()));
      }
    });
    run(discovery.start(nowMillis.getAsLong()));
    return subscribed;
  }

  @Override
  public Future<?> stop() {
    running = Optional.empty();
    return Future.succeededFuture();
  }

  /** Returns what operators see. May be called on any context, on which the future completes; empty while it does not run. */
  public Future<Optional<NodeStatus.Discovery>> report() {
    return running
        .map(own -> {
          Context caller = vertx.getOrCreateContext();
          return Future.<Optional<NodeStatus.Discovery>>future(promise -> own.runOnContext(turn -> {
            Optional<NodeStatus.Discovery> report = Optional.of(reportNow());
            caller.runOnContext(back -> promise.complete(report));
          }));
        })
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  private NodeStatus.Discovery reportNow() {
    Resolution resolution = discovery.resolution();
    return new NodeStatus.Discovery(
        dns.toString(),
        resolution.answeredMillis() == 0
            ? OptionalLong.empty()
            : OptionalLong.of((nowMillis.getAsLong() - resolution.answeredMillis()) / 1_000),
        resolution.failures(),
        resolution.error(),
        discovery.addresses());
  }

  private void run(List<DiscoveryCommand> commands) {
    if (running.isPresent()) {
      commands.forEach(this::run);
    }
  }

  private void run(DiscoveryCommand command) {
    if (command instanceof DiscoveryCommand.Resolve) {
      resolve();
    } else if (command instanceof DiscoveryCommand.Probe probe) {
      probe(probe.address());
    } else if (command instanceof DiscoveryCommand.Wait wait) {
      vertx.setTimer(wait.millis(), due -> run(discovery.due(wait)));
    } else if (command instanceof DiscoveryCommand.Found found) {
      told = told.transform(before -> tell(found));
    } else if (command instanceof DiscoveryCommand.Note note) {
      log(note);
    }
  }

  private void resolve() {
    Future<List<String>> resolved =
        vertx.executeBlocking(() -> reach.resolver().resolve(dns.host()), false);
    resolved.onComplete(
        addresses -> failing()
            .onSuccess(
                failing -> run(discovery.resolved(addresses, failing, nowMillis.getAsLong()))),
        failure -> failing()
            .onSuccess(failing -> run(discovery.failed(
                ExchangeFailed.of(failure).failure().reason(), failing, nowMillis.getAsLong()))));
  }

  /** Returns the peers from which the last pull failed. */
  private Future<Set<String>> failing() {
    return gossip
        .peers()
        .map(peers -> peers.entrySet().stream()
            .filter(peer -> !peer.getValue().lastError().isEmpty())
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet()));
  }

  private void probe(String address) {
    PeerClient client = new PeerClient(
        vertx, dns, host -> List.of(address), reach.tls(), reach.proof(), self, reach.clocks());
    client
        .fetch(NOTHING, TERMS)
        .onComplete(ended -> client.close())
        .map(fetched -> handshake(fetched.answer()))
        .onComplete(
            peer -> run(discovery.answered(address, peer, self.handshake().life())),
            failure ->
                run(discovery.unanswered(address, ExchangeFailed.of(failure).failure())));
  }

  private static Optional<Handshake> handshake(Answer answer) {
    return answer instanceof Answer.V2 v2
        ? Optional.of(v2.content().handshake())
        : Optional.empty();
  }

  /** The store is first: gossip asks only those that are members there. */
  private Future<Void> tell(DiscoveryCommand.Found found) {
    Map<String, PeerAddress> peers = new TreeMap<>();
    found.peers().forEach((name, ip) -> peers.put(name, PeerAddress.found(dns, ip)));
    Set<String> members = new TreeSet<>(peers.keySet());
    members.add(self.handshake().name());
    log.info("found by DNS: members={} search={}", members, found.search());
    return store
        .join(members)
        .compose(done -> gossip.found(peers, found.search()))
        .onFailure(defect -> log.error("the peers that were found are not taken over", defect));
  }

  private void log(DiscoveryCommand.Note note) {
    switch (note.kind()) {
      case DNS_FAILS ->
        log.warn("DNS does not find the cluster, the addresses stay: dns={} {}", dns, note.text());
      case DNS_ANSWERS -> log.info("DNS finds the cluster again: dns={}", dns);
      case REFUSED ->
        log.error("the node at an address of dns={} is not a peer: {}", dns, note.text());
    }
  }
}

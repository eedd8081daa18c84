package io.hera.assembly;

import io.hera.config.Config;
import io.hera.gossip.DiscoveryVerticle;
import io.hera.gossip.DiscoveryVerticle.Reach;
import io.hera.gossip.GossipVerticle;
import io.hera.store.OwnHandshake;
import io.hera.store.Store;
import io.hera.wire.NodeStatus;
import io.hera.wire.PeerReply;
import io.hera.wire.PeerStatus;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** The asking side of a node: gossip with its peers, and the search for them if its cluster is found by DNS. One per node. */
public final class NodeGossip {
  private final GossipVerticle gossip;
  private final Optional<DiscoveryVerticle> discovery;

  /**
   * The asking side of a node with this configuration.
   *
   * @param reach how it reaches peers
   * @param random shuffles, jitters and backs off
   */
  public NodeGossip(
      Store store, OwnHandshake self, Config config, Reach reach, RandomGenerator random) {
    this.gossip = new GossipVerticle(
        store,
        self,
        reach.tls(),
        reach.proof(),
        PartSettings.gossip(config),
        reach.clocks(),
        reach.resolver(),
        random);
    this.discovery = config
        .nodes()
        .dns()
        .map(dns -> new DiscoveryVerticle(store, gossip, self, dns, reach, random));
  }

  /** Deploys it by {@code deployer}, the search last. */
  public Future<String> deploy(Function<Deployable, Future<String>> deployer) {
    Future<String> deployed = deployer.apply(gossip);
    return discovery
        .map(search -> deployed.compose(id -> deployer.apply(search)))
        .orElse(deployed);
  }

  /** Changes the settings while running. */
  public Future<Void> configure(Config changed) {
    return gossip.configure(PartSettings.gossip(changed));
  }

  /** Returns how exchanges with each peer go, by name. */
  public Future<Map<String, PeerStatus>> peers() {
    return gossip.peers();
  }

  /** Asks all peers for a target, for an operator; returns their replies by name. */
  public Future<Map<String, PeerReply>> ask(String target) {
    return gossip.ask(target);
  }

  /** Returns how the search for peers goes, if there is one. */
  public Future<Optional<NodeStatus.Discovery>> discovery() {
    return discovery
        .map(DiscoveryVerticle::report)
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }
}

package io.hera.http.ops;

import io.hera.http.RequestCounters;
import io.hera.registry.Refusal;
import io.hera.registry.RegistryStats;
import io.hera.store.PeerReport;
import io.hera.store.StoreStatus;
import io.hera.wire.NodeId;
import io.hera.wire.NodeStatus;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Makes the status of a node from what the store and the server know. One per node; used by any thread. */
public final class StatusReport {
  private final NodeId self;
  private final String version;
  private final RequestCounters counters;
  private final long startedAtMillis;

  /**
   * The report of one node.
   *
   * @param startedAtMillis when the node started, monotonic
   */
  public StatusReport(NodeId self, String version, RequestCounters counters, long startedAtMillis) {
    this.self = self;
    this.version = version;
    this.counters = counters;
    this.startedAtMillis = startedAtMillis;
  }

  NodeStatus of(StoreStatus status) {
    RegistryStats registry = status.registry();
    return new NodeStatus(
        self.name(),
        self.life(),
        version,
        (status.monotonicMillis() - startedAtMillis) / 1_000,
        !registry.recovering(),
        registry.instances(),
        registry.services(),
        counters.watchers(),
        counters.untargetedCount(),
        registry.tombstones(),
        registry.bytes(),
        registry.expired(),
        origins(registry),
        peers(status),
        new NodeStatus.Refused(counters.problems(), refusedGossip(status)),
        status.peers().values().stream().mapToLong(PeerReport::quarantined).sum(),
        status.conflicts());
  }

  private static Map<String, NodeStatus.Origin> origins(RegistryStats registry) {
    Map<String, NodeStatus.Origin> origins = new TreeMap<>();
    registry
        .origins()
        .forEach((name, origin) -> origins.put(
            name,
            new NodeStatus.Origin(
                origin.entries(), origin.horizon(), origin.checksum().hex(), origin.diverged())));
    return origins;
  }

  private static Map<String, NodeStatus.Peer> peers(StoreStatus status) {
    Map<String, NodeStatus.Peer> peers = new TreeMap<>();
    status.peers().forEach((name, peer) -> peers.put(name, peer(status, peer)));
    return peers;
  }

  private static NodeStatus.Peer peer(StoreStatus status, PeerReport peer) {
    OptionalLong successAgeMillis = peer.succeededAt().isPresent()
        ? OptionalLong.of(status.monotonicMillis() - peer.succeededAt().getAsLong())
        : OptionalLong.empty();
    return new NodeStatus.Peer(
        peer.address(),
        peer.speaks(),
        peer.way(),
        peer.rounds(),
        peer.failures(),
        peer.bytes(),
        peer.quarantined(),
        peer.lastError(),
        successAgeMillis,
        peer.skewMillis(),
        status.lags().getOrDefault(peer.name(), Map.of()));
  }

  private static Map<String, Long> refusedGossip(StoreStatus status) {
    Map<String, Long> gossip = new TreeMap<>();
    gossip.put("name_conflict", status.exchangesRefused());
    for (Refusal refusal : Refusal.values()) {
      long count = status.registry().refusals().getOrDefault(refusal, 0L);
      gossip.put(refusal.name().toLowerCase(Locale.ROOT), count);
    }
    return gossip;
  }
}

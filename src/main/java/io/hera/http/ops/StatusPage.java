package io.hera.http.ops;

import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.RequestCounters;
import io.hera.http.Right;
import io.hera.registry.Refusal;
import io.hera.registry.RegistryStats;
import io.hera.store.PeerReport;
import io.hera.store.Store;
import io.hera.store.StoreStatus;
import io.hera.wire.NodeId;
import io.hera.wire.NodeStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** {@code GET /_status}: what the node knows of itself and of its peers, for a person with curl. */
public final class StatusPage implements Endpoint {
  private final Store store;
  private final NodeId self;
  private final String version;
  private final RequestCounters counters;
  private final long startedAtMillis;

  /**
   * The status of one node.
   *
   * @param startedAtMillis monotonic, of the node
   */
  public StatusPage(
      Store store, NodeId self, String version, RequestCounters counters, long startedAtMillis) {
    this.store = store;
    this.self = self;
    this.version = version;
    this.counters = counters;
    this.startedAtMillis = startedAtMillis;
  }

  @Override
  public String path() {
    return "/_status";
  }

  @Override
  public List<HttpMethod> methods() {
    return READ;
  }

  @Override
  public Right right(HttpMethod method) {
    return Right.NONE;
  }

  @Override
  public void handle(Exchange exchange) {
    store
        .status()
        .onSuccess(status -> exchange.json(Buffer.buffer(of(status).toJson())))
        .onFailure(exchange::fail);
  }

  private NodeStatus of(StoreStatus status) {
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

package io.hera.http;

import io.hera.registry.Refusal;
import io.hera.registry.RegistryStats;
import io.hera.store.PeerReport;
import io.hera.store.StoreStatus;
import io.hera.wire.NodeId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/** Writes {@code GET /_status}: what the node knows of itself and of its peers, for a person with curl. */
final class StatusPage {
  private final NodeId self;
  private final String version;
  private final Tally tally;
  private final long startedAtMillis;

  /**
   * The status of one node.
   *
   * @param startedAtMillis monotonic, of the node
   */
  StatusPage(NodeId self, String version, Tally tally, long startedAtMillis) {
    this.self = self;
    this.version = version;
    this.tally = tally;
    this.startedAtMillis = startedAtMillis;
  }

  Buffer json(StoreStatus status) {
    RegistryStats registry = status.registry();
    JsonObject json = new JsonObject()
        .put("node", self.name())
        .put("life", self.life())
        .put("version", version)
        .put("uptime_seconds", (status.monotonicMillis() - startedAtMillis) / 1_000)
        .put("ready", !registry.recovering())
        .put("instances", registry.instances())
        .put("services", registry.services())
        .put("watchers", tally.watchers())
        .put("targets_left_out", tally.untargetedCount())
        .put("tombstones", registry.tombstones())
        .put("document_bytes", registry.bytes())
        .put("expired", registry.expired())
        .put("origins", origins(registry))
        .put("peers", peers(status))
        .put("refused", refused(status))
        .put("quarantined", quarantined(status))
        .put("conflicts", new JsonObject(new TreeMap<>(status.conflicts())));
    return json.toBuffer();
  }

  private static JsonObject origins(RegistryStats registry) {
    JsonObject origins = new JsonObject();
    registry
        .origins()
        .forEach((name, origin) -> origins.put(
            name,
            new JsonObject()
                .put("entries", origin.entries())
                .put("horizon", origin.horizon())
                .put("checksum", origin.checksum().hex())
                .put("diverged", origin.diverged())));
    return origins;
  }

  private static JsonObject peers(StoreStatus status) {
    JsonObject peers = new JsonObject();
    status.peers().forEach((name, peer) -> peers.put(name, peer(status, peer)));
    return peers;
  }

  private static JsonObject peer(StoreStatus status, PeerReport peer) {
    JsonObject json = new JsonObject()
        .put("address", peer.address())
        .put("speaks", peer.speaks())
        .put("way", peer.way())
        .put("rounds", peer.rounds())
        .put("failures", peer.failures())
        .put("bytes_received", peer.bytes())
        .put("quarantined", peer.quarantined())
        .put("last_error", peer.lastError());
    peer.succeededAt()
        .ifPresent(at -> json.put("last_success_age_ms", status.monotonicMillis() - at));
    peer.skewMillis().ifPresent(skew -> json.put("clock_skew_ms", skew));
    Optional.ofNullable(status.lags().get(peer.name()))
        .ifPresent(lags -> json.put("lag_ms", new JsonObject(new TreeMap<>(lags))));
    return json;
  }

  private JsonObject refused(StoreStatus status) {
    JsonObject gossip = new JsonObject().put("name_conflict", status.exchangesRefused());
    for (Refusal refusal : Refusal.values()) {
      long count = status.registry().refusals().getOrDefault(refusal, 0L);
      gossip.put(refusal.name().toLowerCase(Locale.ROOT), count);
    }
    JsonObject requests = new JsonObject();
    tally.counts().forEach(requests::put);
    return new JsonObject().put("requests", requests).put("gossip", gossip);
  }

  private static long quarantined(StoreStatus status) {
    return status.peers().values().stream().mapToLong(PeerReport::quarantined).sum();
  }
}

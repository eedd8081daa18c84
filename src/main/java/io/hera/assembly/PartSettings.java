package io.hera.assembly;

import io.hera.bus.BusVerticle;
import io.hera.config.Config;
import io.hera.config.Limits;
import io.hera.config.Settings;
import io.hera.gossip.GossipSettings;
import io.hera.gossip.PeerProof;
import io.hera.http.AuditLog;
import io.hera.http.BrowserRules;
import io.hera.http.HttpLimits;
import io.hera.http.HttpSettings;
import io.hera.registry.RegistryLimits;
import io.hera.store.StoreSettings;
import io.hera.tls.live.LiveTls;
import io.hera.wire.NodeStatus;
import io.hera.wire.SharedSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The settings of each part of a node, from its configuration: the parts do not know that. */
public final class PartSettings {
  private PartSettings() {}

  /** Returns the settings of the store. */
  public static StoreSettings store(Config config) {
    RegistryLimits bounds = new RegistryLimits(
        config.liveness().toMillis(),
        config.ttl().min().toMillis(),
        config.ttl().max().toMillis(),
        config.gossip().maxSkew().toMillis(),
        config.limits().services(),
        config.limits().instances(),
        config.limits().totalBytes(),
        config.limits().tombstones());
    return new StoreSettings(config.cluster().keySet(), bounds);
  }

  /** Returns the settings that all nodes of a cluster have to share. */
  public static SharedSettings shared(Config config) {
    return new SharedSettings(
        config.liveness().toMillis(),
        config.ttl().min().toMillis(),
        config.ttl().max().toMillis(),
        config.gossip().maxSkew().toMillis(),
        config.volatileKeys(),
        List.copyOf(config.cluster().keySet()));
  }

  /** Returns the settings with which HTTP servers start: the address is that of the node's start. */
  public static HttpSettings http(Config config, Config changed) {
    return new HttpSettings(
        config.listen().host(),
        config.listen().port(),
        changed.limits().requestLineBytes(),
        changed.limits().headerBytes(),
        changed.metrics());
  }

  /** Returns the limits of requests. */
  public static HttpLimits httpLimits(Config config) {
    Limits limits = config.limits();
    return new HttpLimits(
        limits.documentBytes(),
        limits.documentDepth(),
        limits.batchBytes(),
        limits.bodyTimeout().toMillis(),
        limits.idleTimeout().toMillis(),
        limits.connections());
  }

  /** A browser may call the node by each name that the configuration has for a node, and that its certificate has. */
  public static BrowserRules browsers(Config config, Optional<LiveTls> tls) {
    List<String> hosts = new ArrayList<>(config.hosts());
    hosts.add(config.host());
    config.cluster().values().forEach(address -> hosts.add(address.host()));
    tls.ifPresent(live -> hosts.addAll(live.names().dns()));
    return BrowserRules.of(hosts, config.origins());
  }

  /** Returns the settings of the event-bus side. */
  public static BusVerticle.Settings bus(Config config) {
    return new BusVerticle.Settings(
        config.limits().documentBytes(), config.limits().documentDepth());
  }

  /** Returns what operators see of the security of a node with this audit log and this proof. */
  public static NodeStatus.Security security(Config config, AuditLog audit, PeerProof proof) {
    return new NodeStatus.Security(
        Settings.AUDIT.type().text(audit.extent()),
        proof.hasToken(),
        Settings.EVENT_BUS.type().text(config.eventBus()));
  }

  /** Returns the settings of gossip. */
  public static GossipSettings gossip(Config config) {
    return new GossipSettings(
        config.peers(),
        config.gossip().interval().toMillis(),
        config.gossip().recoveryTimeout().toMillis(),
        config.liveness().toMillis(),
        config.gossip().maxSkew().toMillis());
  }
}

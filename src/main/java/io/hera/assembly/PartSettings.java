package io.hera.assembly;

import io.hera.bus.BusVerticle;
import io.hera.config.Config;
import io.hera.config.Dns;
import io.hera.config.Limits;
import io.hera.config.Settings;
import io.hera.config.Tls;
import io.hera.config.source.NodeAddress;
import io.hera.disk.EventFileReport;
import io.hera.disk.SnapshotReport;
import io.hera.disk.file.SnapshotSettings;
import io.hera.dns.ServerSettings;
import io.hera.dns.Terms;
import io.hera.gossip.GossipSettings;
import io.hera.gossip.GossipSettings.Search;
import io.hera.gossip.PeerAddress;
import io.hera.gossip.PeerProof;
import io.hera.http.AuditLog;
import io.hera.http.BrowserRules;
import io.hera.http.HttpLimits;
import io.hera.http.HttpSettings;
import io.hera.http.PlaintextClients;
import io.hera.registry.IpText;
import io.hera.registry.RegistryLimits;
import io.hera.store.StoreSettings;
import io.hera.store.StoreSettings.Membership;
import io.hera.store.StoreStatus;
import io.hera.tls.live.LiveTls;
import io.hera.wire.Address;
import io.hera.wire.NodeId;
import io.hera.wire.NodeStatus;
import io.hera.wire.SecurityStatus;
import io.hera.wire.SharedSettings;
import io.hera.wire.UiMode;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

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
    return config.nodes().dns().isPresent()
        ? new StoreSettings(Set.of(config.name()), bounds, Membership.FOUND)
        : new StoreSettings(config.cluster().keySet(), bounds);
  }

  /** Returns the settings that all nodes of a cluster have to share. */
  public static SharedSettings shared(Config config) {
    return new SharedSettings(
        config.liveness().toMillis(),
        config.ttl().min().toMillis(),
        config.ttl().max().toMillis(),
        config.gossip().maxSkew().toMillis(),
        config.volatileKeys(),
        config
            .nodes()
            .dns()
            .map(at -> List.of(Settings.CLUSTER.type().text(config.nodes())))
            .orElseGet(() -> List.copyOf(config.cluster().keySet())));
  }

  /** Returns the settings with which HTTP servers start: the address is that of the node's start. */
  public static HttpSettings http(Config config, Config changed) {
    return new HttpSettings(
        config.listen().host(),
        config.listen().port(),
        config.listenInClear().map(Address::port).map(OptionalInt::of).orElse(OptionalInt.empty()),
        changed.limits().requestLineBytes(),
        changed.limits().headerBytes(),
        changed.metrics(),
        changed.ui(),
        config.eureka(),
        HttpSettings.PARTING_MILLIS);
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
    config.nodes().dns().ifPresent(at -> hosts.add(at.host()));
    config.cluster().values().forEach(address -> hosts.add(address.host()));
    tls.ifPresent(live -> hosts.addAll(live.names().dns()));
    return BrowserRules.of(hosts, config.origins());
  }

  /** Returns the settings of the event-bus side. */
  public static BusVerticle.Settings bus(Config config) {
    return new BusVerticle.Settings(
        config.limits().documentBytes(), config.limits().documentDepth());
  }

  /**
   * Returns what operators see of the security of a node with this audit log and this proof.
   *
   * @param plaintext the clients that came without TLS
   * @param nowMillis monotonic
   */
  public static SecurityStatus security(
      Config config, AuditLog audit, PeerProof proof, PlaintextClients plaintext, long nowMillis) {
    return new SecurityStatus(
        Settings.AUDIT.type().text(audit.extent()),
        proof.hasToken(),
        Settings.EVENT_BUS.type().text(config.eventBus()),
        config.tls().plaintext() ? Optional.of(status(plaintext, nowMillis)) : Optional.empty());
  }

  private static SecurityStatus.Plaintext status(PlaintextClients plaintext, long nowMillis) {
    Map<String, SecurityStatus.PlaintextClient> clients = new TreeMap<>();
    plaintext
        .seen(nowMillis)
        .forEach((address, seen) -> clients.put(
            address,
            new SecurityStatus.PlaintextClient(seen.requests(), seen.ageMillis() / 1_000)));
    return new SecurityStatus.Plaintext(plaintext.requests(), clients);
  }

  private static Map<String, PeerAddress> peers(Config config) {
    Map<String, PeerAddress> peers = new TreeMap<>();
    config.peers().forEach((peer, at) -> peers.put(peer, peer(config.tls(), at)));
    return peers;
  }

  private static PeerAddress peer(Tls tls, NodeAddress at) {
    Optional<Address> clear = tls.plaintext() ? Optional.of(at.clear()) : Optional.empty();
    return new PeerAddress(tls.setting().reach(at), clear);
  }

  /** Returns the settings of the snapshots, if there are any. */
  public static Optional<SnapshotSettings> snapshots(Config config) {
    return config.disk().data().isEmpty()
        ? Optional.empty()
        : Optional.of(new SnapshotSettings(
            Path.of(config.disk().data()),
            config.name(),
            config.clusterName(),
            config.liveness().toMillis(),
            config.disk().interval().toMillis(),
            config.disk().maxAge().toMillis()));
  }

  /**
   * Returns the settings of the DNS server, if there is one.
   *
   * @param nowSeconds unix time
   */
  static Optional<ServerSettings> dns(Config config, long nowSeconds) {
    Dns dns = config.dns();
    return dns.port() == 0
        ? Optional.empty()
        : Optional.of(new ServerSettings(
            dns.hosts(),
            dns.port(),
            dns.domain(),
            dns.udpBytes(),
            dns.tcpConnections(),
            dns.idleTimeout().toMillis(),
            config.name(),
            nowSeconds));
  }

  /** Returns the settings of the DNS server that may change: nodes whose host is a name are not among its nodes. */
  static Terms dnsTerms(Config config) {
    Map<String, InetAddress> nodes = new TreeMap<>();
    config
        .cluster()
        .forEach((node, at) -> IpText.parse(at.host()).ifPresent(ip -> nodes.put(node, ip)));
    return new Terms(
        seconds(config.dns().ttl()),
        seconds(config.dns().negativeTtl()),
        config.dns().allow(),
        nodes);
  }

  private static int seconds(Duration ttl) {
    return (int) ttl.plusMillis(999).toSeconds();
  }

  /** Returns what operators see of the snapshots, and of the file of events. */
  static NodeStatus.Snapshot snapshot(
      SnapshotReport report, EventFileReport events, StoreStatus status) {
    Optional<Long> ageMillis = report.savedMillis().map(at -> status.monotonicMillis() - at);
    return new NodeStatus.Snapshot(
        ageMillis.map(age -> OptionalLong.of(age / 1_000)).orElse(OptionalLong.empty()),
        report.bytes(),
        report.entries(),
        status.registry().restored(),
        report.failures(),
        report.error(),
        new NodeStatus.EventFile(
            events.written(), events.lost(), events.failures(), events.error()));
  }

  /** Returns the settings of gossip. */
  public static GossipSettings gossip(Config config) {
    GossipSettings settings = new GossipSettings(
        peers(config),
        config.gossip().interval().toMillis(),
        config.gossip().recoveryTimeout().toMillis(),
        config.liveness().toMillis(),
        config.gossip().maxSkew().toMillis());
    return config.nodes().dns().isPresent() ? settings.with(Map.of(), Search.BEGUN) : settings;
  }

  /** Returns what the log says of a node that has started. */
  public static String described(Config config, NodeId self, Optional<LiveTls> tls) {
    String clear = config.listenInClear().map(at -> ",http://" + at).orElse("");
    String scheme = tls.isPresent() ? "https://" : "http://";
    String peers =
        config.nodes().dns().map(at -> "dns:" + at).orElse("" + config.peers().keySet());
    Dns dns = config.dns();
    String names = dns.port() == 0 ? "" : " dns=" + dns.hosts() + ":" + dns.port();
    return "node=" + self.name() + " life=" + self.life() + " address=" + scheme + config.listen()
        + clear + " peers=" + peers + names + page(config, scheme);
  }

  /** Where a browser finds the page: a node that listens on all interfaces is not called by that address. */
  private static String page(Config config, String scheme) {
    Address address = new Address(config.reachedAt(), config.listen().port());
    return config.ui() == UiMode.FALSE ? "" : " page=" + scheme + address + "/_ui/";
  }
}

package io.hera.http.ops;

import io.hera.http.AccessControl;
import io.hera.http.NodeDrain;
import io.hera.http.RequestCounters;
import io.hera.registry.Claim;
import io.hera.registry.Refusal;
import io.hera.registry.RegistryStats;
import io.hera.registry.SilentStats;
import io.hera.store.AcceptedWrites;
import io.hera.store.HistoryStatus;
import io.hera.store.OwnHandshake;
import io.hera.store.Readiness;
import io.hera.store.StoreStatus;
import io.hera.store.history.EventType;
import io.hera.tls.TlsFault;
import io.hera.tls.TlsMaterial;
import io.hera.tls.live.LiveTls;
import io.hera.wire.NodeId;
import io.hera.wire.NodeOverview;
import io.hera.wire.NodeStatus;
import io.hera.wire.PeerStatus;
import io.hera.wire.SecurityStatus;
import io.hera.wire.SharedSettings;
import io.hera.wire.SilentInstances;
import io.vertx.core.Future;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Makes the status of a node from what the store, gossip and the server know. One per node; used by any thread. */
public final class StatusReport {
  /** The key of the access file's checksum among the settings that nodes share. */
  static final String ACCESS = "access";

  private final NodeId self;
  private final OwnHandshake handshake;
  private final String version;
  private final Readiness readiness;
  private final RequestCounters counters;
  private final Optional<LiveTls> tls;
  private final AccessControl access;
  private final NodeDrain drain;
  private final Supplier<SecurityStatus> security;
  private final Function<StoreStatus, Optional<NodeStatus.Snapshot>> snapshot;
  private final PeerReports peers;
  private final Supplier<Future<Optional<NodeStatus.Discovery>>> discovery;
  private final LongSupplier gossipIntervalMillis;
  private final Supplier<Future<Optional<NodeStatus.Dns>>> dns;
  private final long startedAtMillis;

  /**
   * The report of one node.
   *
   * @param handshake what it says of itself to peers
   * @param security the present state
   * @param snapshot the same; empty if the node keeps none
   * @param discovery the present state; empty if the nodes are listed
   * @param gossipIntervalMillis between two rounds, at present
   * @param dns the present state; empty if it answers none
   * @param startedAtMillis when the node started, monotonic
   */
  public StatusReport(
      NodeId self,
      OwnHandshake handshake,
      String version,
      Readiness readiness,
      RequestCounters counters,
      Optional<LiveTls> tls,
      AccessControl access,
      NodeDrain drain,
      Supplier<SecurityStatus> security,
      Function<StoreStatus, Optional<NodeStatus.Snapshot>> snapshot,
      PeerReports peers,
      Supplier<Future<Optional<NodeStatus.Discovery>>> discovery,
      LongSupplier gossipIntervalMillis,
      Supplier<Future<Optional<NodeStatus.Dns>>> dns,
      long startedAtMillis) {
    this.self = self;
    this.handshake = handshake;
    this.version = version;
    this.readiness = readiness;
    this.counters = counters;
    this.tls = tls;
    this.access = access;
    this.drain = drain;
    this.security = security;
    this.snapshot = snapshot;
    this.peers = peers;
    this.discovery = discovery;
    this.gossipIntervalMillis = gossipIntervalMillis;
    this.dns = dns;
    this.startedAtMillis = startedAtMillis;
  }

  /** Returns the status of the node that has this state. */
  public Future<NodeStatus> of(StoreStatus status) {
    return peers
        .read()
        .compose(reports -> discovery
            .get()
            .compose(found -> dns.get().map(names -> of(status, reports, found, names))));
  }

  private NodeStatus of(
      StoreStatus status,
      Map<String, PeerStatus> reports,
      Optional<NodeStatus.Discovery> found,
      Optional<NodeStatus.Dns> names) {
    RegistryStats registry = status.registry();
    return new NodeStatus(
        self.name(),
        self.life(),
        version,
        (status.monotonicMillis() - startedAtMillis) / 1_000,
        readiness.ready(),
        registry.instances(),
        registry.services(),
        counters.watchers(),
        counters.leftOut().total(PrometheusTargets.WAY),
        registry.tombstones(),
        registry.bytes(),
        registry.expired(),
        registry.divergedViews(),
        origins(registry),
        withLags(reports, status.lags()),
        new NodeStatus.Refused(counters.problems(), refusedGossip(status)),
        reports.values().stream().mapToLong(PeerStatus::quarantined).sum(),
        status.conflicts(),
        claims(registry),
        frozen(registry),
        new NodeStatus.Clock(
            status.clock().correctionMillis(),
            status.clock().voters(),
            status.clock().wrong()),
        settings(status),
        tls.map(StatusReport::tls),
        access.lastUses(status.monotonicMillis()),
        Optional.of(security.get()),
        snapshot.apply(status),
        silent(registry.silent()),
        drain.present().map(this::draining),
        Optional.of(history(status.history())),
        found,
        Optional.of(drains(registry.drains())),
        Optional.of(overview(status)),
        names,
        counters.leftOut().counts());
  }

  private NodeOverview overview(StoreStatus status) {
    SharedSettings settings = handshake.settings();
    AcceptedWrites accepted = status.accepted();
    return new NodeOverview(
        status.registry().nowMillis(),
        status.registry().content().hex(),
        new NodeOverview.Durations(
            settings.livenessMillis(), settings.maxSkewMillis(), gossipIntervalMillis.getAsLong()),
        new NodeOverview.Accepted(
            accepted.registrations(), accepted.renewals(), accepted.removals()));
  }

  private NodeStatus.Draining draining(NodeDrain.Drain now) {
    return new NodeStatus.Draining(
        now.sinceMillis(), now.untilMillis(), drain.ageMillis() / 1_000, now.by(), now.reason());
  }

  private static SilentInstances silent(SilentStats silent) {
    Map<String, SilentInstances.OfService> worst = new LinkedHashMap<>();
    silent
        .worst()
        .forEach(one -> worst.put(
            one.service(),
            new SilentInstances.OfService(one.silent(), one.shown(), one.sinceMillis())));
    return new SilentInstances(silent.instances(), silent.services(), worst, silent.leftOut());
  }

  private static NodeStatus.History history(HistoryStatus history) {
    Map<String, Long> events = new TreeMap<>();
    for (EventType type : EventType.values()) {
      events.put(type.word(), history.counts().getOrDefault(type, 0L));
    }
    return new NodeStatus.History(
        history.first(), history.last(), history.sinceMillis(), events, history.flapping());
  }

  private static NodeStatus.Drains drains(RegistryStats.Drained drains) {
    OptionalLong oldest = drains.oldestMillis();
    return new NodeStatus.Drains(
        drains.count(),
        drains.instances(),
        oldest.isPresent() ? OptionalLong.of(oldest.getAsLong() / 1_000) : oldest);
  }

  private static NodeStatus.Tls tls(LiveTls tls) {
    TlsMaterial material = tls.inForce().material();
    Map<String, NodeStatus.Certificate> certificates = new TreeMap<>();
    certificates.put("own", certificate(tls, material.own()));
    material.ca().ifPresent(ca -> certificates.put("ca", certificate(tls, ca)));
    LiveTls.Refusals refusals = tls.refusals();
    return new NodeStatus.Tls(
        tls.minVersion().toString(),
        certificates,
        tls.failures().byReason(),
        refusals.count(),
        refusals.faults().stream().map(TlsFault::toString).collect(Collectors.joining("; ")));
  }

  private static NodeStatus.Certificate certificate(LiveTls tls, X509Certificate certificate) {
    return new NodeStatus.Certificate(
        certificate.getNotAfter().toInstant().toString(),
        tls.expiry(certificate).name().toLowerCase(Locale.ROOT));
  }

  private NodeStatus.Settings settings(StoreStatus status) {
    Map<String, String> values = new TreeMap<>(handshake.settings().texts());
    String cluster = handshake.handshake().cluster();
    if (!cluster.isEmpty()) {
      values.put("cluster-name", cluster);
    }
    access.checksum().ifPresent(checksum -> values.put(ACCESS, checksum));
    Map<String, Long> differ = new TreeMap<>();
    status.settingsDiffer().forEach((peer, millis) -> differ.put(peer, millis / 1_000));
    return new NodeStatus.Settings(values, differ);
  }

  private static Map<String, Long> claims(RegistryStats registry) {
    Map<String, Long> claims = new TreeMap<>();
    for (Claim kind : Claim.values()) {
      claims.put(kind.name().toLowerCase(Locale.ROOT), registry.claims().getOrDefault(kind, 0L));
    }
    return claims;
  }

  private static Map<String, NodeStatus.Frozen> frozen(RegistryStats registry) {
    Map<String, NodeStatus.Frozen> frozen = new TreeMap<>();
    registry
        .origins()
        .forEach((name, origin) -> origin
            .frozen()
            .ifPresent(found -> frozen.put(
                name,
                new NodeStatus.Frozen(
                    found.sinceMillis(), found.reason().name().toLowerCase(Locale.ROOT)))));
    return frozen;
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

  private static Map<String, PeerStatus> withLags(
      Map<String, PeerStatus> peers, Map<String, Map<String, Long>> lags) {
    Map<String, PeerStatus> complete = new TreeMap<>();
    peers.forEach(
        (name, peer) -> complete.put(name, peer.withLags(lags.getOrDefault(name, Map.of()))));
    return complete;
  }

  private static Map<String, Long> refusedGossip(StoreStatus status) {
    Map<String, Long> gossip = new TreeMap<>();
    gossip.put("name_conflict", status.exchangesRefused());
    gossip.put("foreign_cluster", status.foreignExchanges());
    for (Refusal refusal : Refusal.values()) {
      long count = status.registry().refusals().getOrDefault(refusal, 0L);
      gossip.put(refusal.name().toLowerCase(Locale.ROOT), count);
    }
    return gossip;
  }
}

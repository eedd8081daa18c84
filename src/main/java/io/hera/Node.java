package io.hera;

import io.hera.assembly.AccessWatch;
import io.hera.assembly.Endpoints;
import io.hera.assembly.NodeDisk;
import io.hera.assembly.NodeDns;
import io.hera.assembly.NodeGossip;
import io.hera.assembly.NodeTls;
import io.hera.assembly.PartSettings;
import io.hera.bus.BusVerticle;
import io.hera.config.Config;
import io.hera.config.ConfigException;
import io.hera.config.Credentials;
import io.hera.config.source.BusReach;
import io.hera.config.source.TlsSetting;
import io.hera.gossip.Clocks;
import io.hera.gossip.DiscoveryVerticle.Reach;
import io.hera.gossip.HostResolver;
import io.hera.gossip.PeerProof;
import io.hera.gossip.PeerProof.Network;
import io.hera.gossip.serve.DeltaEncoder;
import io.hera.gossip.serve.DeltaWriter;
import io.hera.http.AccessControl;
import io.hera.http.AuditLog;
import io.hera.http.BrowserGuard;
import io.hera.http.BytesInFlight;
import io.hera.http.CurrentLimits;
import io.hera.http.HttpDeployment;
import io.hera.http.HttpSettings;
import io.hera.http.HttpVerticle;
import io.hera.http.NodeDrain;
import io.hera.http.RequestCounters;
import io.hera.http.ServerContext;
import io.hera.http.ops.Metrics;
import io.hera.http.ops.ReplyMemory;
import io.hera.http.ops.StatusReport;
import io.hera.loop.LoopTurns;
import io.hera.store.BootTime;
import io.hera.store.BusStore;
import io.hera.store.OwnHandshake;
import io.hera.store.ReadSide;
import io.hera.store.StoreVerticle;
import io.hera.store.page.PageMemory;
import io.hera.tls.live.LiveTls;
import io.hera.wire.ContentHasher;
import io.hera.wire.NodeId;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One whole node: store, HTTP server, event-bus side and gossip, started in this order and stopped in reverse. Several may run
 * in one Vert.x. Owns the clocks and the source of randomness that all others get.
 */
public final class Node {
  private static final Logger log = LoggerFactory.getLogger(Node.class);

  private final Vertx vertx;
  private final BusStore store;
  private final ReadSide readSide;
  private final NodeId self;
  private final OwnHandshake handshake;
  private final StoreVerticle state;
  private final NodeGossip gossip;
  private final NodeDns dns;
  private final BusVerticle bus;
  private final ServerContext server;
  private final Endpoints endpoints;
  private final SecureRandom random = new SecureRandom();
  private final Config config;
  private volatile Config current;
  private final PeerProof proof;
  private final AuditLog audit = new AuditLog(System::nanoTime);
  private final NodeDisk disk;
  private Optional<AccessWatch> watch = Optional.empty();
  private final HttpDeployment http;
  private String storeDeployment = "";

  private Node(
      Vertx vertx,
      Config config,
      Optional<LiveTls> tls,
      Credentials credentials,
      NodeDisk disk,
      HostResolver resolver) {
    this.vertx = vertx;
    this.disk = disk;
    this.config = config;
    this.current = config;
    this.readSide = new ReadSide(new PageMemory(config.limits().pageBytes()));
    this.proof = new PeerProof(
        config.tls().setting() instanceof TlsSetting.Off ? Network.ENCRYPTED : Network.OPEN);
    this.handshake = new OwnHandshake(
        config.name(),
        config.clusterName(),
        () -> NodeId.randomLife(random),
        InstantSource.system().millis(),
        PartSettings.shared(config));
    this.self = handshake.handshake().node();
    this.store = new BusStore(vertx, self.life());
    this.state = new StoreVerticle(
        store,
        readSide,
        handshake,
        PartSettings.store(config),
        new ContentHasher(Set.copyOf(config.volatileKeys())),
        InstantSource.system(),
        BootTime.after(System::nanoTime, InstantSource.system()));
    Clocks clocks = new Clocks(
        InstantSource.system(),
        readSide.clock().corrected(InstantSource.system()),
        BootTime.after(System::nanoTime, InstantSource.system()));
    this.gossip =
        new NodeGossip(store, handshake, config, new Reach(resolver, tls, proof, clocks), random);
    RequestCounters counters = new RequestCounters();
    this.server = new ServerContext(
        self.name(),
        readSide.readiness(),
        counters,
        System::nanoTime,
        InstantSource.system(),
        new CurrentLimits(PartSettings.httpLimits(config)),
        new BytesInFlight(config.limits().inFlightBytes()),
        new BrowserGuard(PartSettings.browsers(config, tls)),
        tls,
        new AccessControl(audit),
        new NodeDrain(InstantSource.system(), System::nanoTime));
    this.dns = new NodeDns(store, server, config, random);
    tls.ifPresent(live -> live.follow(changed -> guardBrowsers()));
    audit.set(config.audit());
    server.access().setNodes(config.nodesByCertificate());
    credentials.rules().ifPresent(server.access()::set);
    proof.set(credentials.peerToken());
    this.endpoints = new Endpoints(
        store,
        readSide,
        server,
        self,
        new DeltaEncoder(vertx, new DeltaWriter(handshake, InstantSource.system())),
        new StatusReport(
            self,
            handshake,
            Version.TEXT,
            readSide.readiness(),
            counters,
            tls,
            server.access(),
            server.drain(),
            () -> PartSettings.security(
                config, audit, proof, counters.plaintext(), System.nanoTime() / 1_000_000),
            disk::report,
            gossip::peers,
            gossip::discovery,
            () -> current.gossip().interval().toMillis(),
            dns::report,
            System.nanoTime() / 1_000_000),
        new Metrics(
            counters,
            server.access(),
            () -> LoopTurns.of(vertx).map(LoopTurns::loops).orElse(List.of()),
            new ReplyMemory(readSide.pages(), server.inFlight())),
        random,
        disk::saveDrains,
        gossip::ask);
    this.bus = new BusVerticle(
        store,
        readSide.readiness(),
        self.name(),
        config.eventBus() == BusReach.LOCAL ? BusVerticle.Reach.PROCESS : BusVerticle.Reach.CLUSTER,
        PartSettings.bus(config));
    this.http = new HttpDeployment(vertx, PartSettings.http(config, config), this::deployHttp);
  }

  /**
   * Starts a node; the future completes when it serves requests, perhaps while it still recovers. It fails with a {@link
   * ConfigException} if a file that the configuration names is faulty, or the TLS material cannot be served.
   */
  public static Future<Node> start(Vertx vertx, Config config) {
    return start(vertx, config, HostResolver.SYSTEM);
  }

  /** Starts a node that resolves the hosts of its peers by {@code resolver}. */
  public static Future<Node> start(Vertx vertx, Config config, HostResolver resolver) {
    return vertx
        .executeBlocking(() -> Credentials.read(config, System.getenv()))
        .compose(credentials -> NodeTls.start(vertx, config, InstantSource.system())
            .compose(tls -> vertx
                .executeBlocking(() -> NodeDisk.open(config))
                .compose(disk -> start(
                    new Node(vertx, config, tls, credentials, disk, resolver), credentials))));
  }

  private static Future<Node> start(Node node, Credentials credentials) {
    credentials.warnings().forEach(log::warn);
    return node.deploy()
        .map(node)
        .onSuccess(started -> started.watch = Optional.of(new AccessWatch(
            started.vertx, () -> started.current, started.server.access(), started.proof)))
        .onSuccess(started -> log.info(
            "node started {} version={}",
            PartSettings.described(started.config, started.self, started.server.tls()),
            Version.TEXT))
        .recover(failure -> node.abandon().transform(done -> Future.failedFuture(failure)));
  }

  /** Stops: the node is no longer ready, requests in flight end, then everything is undeployed. May be called again. */
  public Future<Void> stop() {
    release();
    return vertx.deploymentIDs().contains(storeDeployment)
        ? vertx.undeploy(storeDeployment)
        : Future.succeededFuture();
  }

  /**
   * Ends a start that failed. In a verticle, Vert.x undeploys the parts, because they are its children; a Vert.x that closes does
   * so already, and would never end if the parts were undeployed twice.
   */
  private Future<Void> abandon() {
    if (vertx.getOrCreateContext().deploymentID() == null) {
      return stop();
    }
    release();
    return Future.succeededFuture();
  }

  private void release() {
    server.tls().ifPresent(LiveTls::close);
    watch.ifPresent(AccessWatch::close);
  }

  /**
   * Applies the settings that may change in a running node; the others of {@code changed} are ignored. Called for one
   * configuration after the other.
   *
   * <p>If the request line or the headers get another limit, the servers are replaced, while the port stays open. Connections are
   * closed only then, and after their requests in flight.
   */
  public Future<Void> reconfigure(Config changed) {
    handshake.configure(PartSettings.shared(config.reconfigured(changed)));
    server.tls().ifPresent(tls -> tls.configure(NodeTls.reached(changed)));
    return store
        .configure(PartSettings.store(changed))
        .compose(done -> gossip.configure(changed))
        .compose(done -> bus.configure(PartSettings.bus(changed)))
        .onSuccess(done -> dns.configure(changed))
        .onSuccess(done -> readSide.pages().limit(changed.limits().pageBytes()))
        .onSuccess(done -> server.inFlight().limit(changed.limits().inFlightBytes()))
        .onSuccess(done -> server.limits().set(PartSettings.httpLimits(changed)))
        .onSuccess(done -> audit.set(changed.audit()))
        .onSuccess(done -> current = changed)
        .onSuccess(done -> guardBrowsers())
        .onSuccess(done -> server.access().setNodes(changed.nodesByCertificate()))
        .compose(done -> http.replace(PartSettings.http(config, changed)));
  }

  private void guardBrowsers() {
    server.guard().set(PartSettings.browsers(current, server.tls()));
  }

  private Future<Void> deploy() {
    return vertx
        .deployVerticle(state)
        .compose(id -> {
          storeDeployment = id;
          return state.deployAbove(() -> disk.restore(
              store,
              readSide,
              handshake,
              InstantSource.system(),
              System::nanoTime,
              verticle -> vertx.deployVerticle(verticle)));
        })
        .compose(restored -> http.start())
        .compose(done -> disk.deployAbove(state, () -> vertx.deployVerticle(bus)))
        .compose(done ->
            dns.deploy(verticle -> disk.deployAbove(state, () -> vertx.deployVerticle(verticle))))
        .compose(done -> gossip.deploy(
            verticle -> disk.deployAbove(state, () -> vertx.deployVerticle(verticle))))
        .mapEmpty();
  }

  private Future<String> deployHttp(HttpSettings settings, BooleanSupplier replaced) {
    DeploymentOptions each =
        new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
    return disk.deployAbove(
        state,
        () -> vertx.deployVerticle(
            () -> new HttpVerticle(settings, server, endpoints.with(settings), replaced), each));
  }
}

package io.hera;

import io.hera.bus.BusVerticle;
import io.hera.config.Config;
import io.hera.config.Limits;
import io.hera.gossip.GossipSettings;
import io.hera.gossip.GossipVerticle;
import io.hera.http.DeltaEncoder;
import io.hera.http.HttpSettings;
import io.hera.http.HttpVerticle;
import io.hera.http.RequestCounters;
import io.hera.http.ServerContext;
import io.hera.http.ops.Metrics;
import io.hera.registry.RegistryLimits;
import io.hera.store.BusStore;
import io.hera.store.ReadSide;
import io.hera.store.StoreSettings;
import io.hera.store.StoreVerticle;
import io.hera.wire.ContentHasher;
import io.hera.wire.NodeId;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One whole node: the store, the server, the event bus' side and gossip, started in this order and stopped in reverse. Several may run in one
 * Vert.x. Owns the clocks and the randomness that all others are handed.
 */
public final class Node {
  private static final Logger log = LoggerFactory.getLogger(Node.class);

  private final Vertx vertx;
  private final BusStore store;
  private final ReadSide readSide = new ReadSide();
  private final NodeId self;
  private final StoreVerticle state;
  private final GossipVerticle gossip;
  private final BusVerticle bus;
  private final ServerContext server;
  private final Endpoints endpoints;
  private final SecureRandom random = new SecureRandom();
  private Config config;
  private String httpDeployment = "";
  private String storeDeployment = "";

  private Node(Vertx vertx, Config config) {
    byte[] life = new byte[8];
    random.nextBytes(life);
    this.vertx = vertx;
    this.config = config;
    this.self = new NodeId(config.name(), HexFormat.of().formatHex(life));
    this.store = new BusStore(vertx, self.life());
    this.state = new StoreVerticle(
        store,
        readSide,
        self,
        storeSettings(config),
        new ContentHasher(Set.copyOf(config.volatileKeys())),
        InstantSource.system(),
        System::nanoTime);
    this.gossip = new GossipVerticle(
        store, self, gossipSettings(config), InstantSource.system(), System::nanoTime, random);
    RequestCounters counters = new RequestCounters();
    this.server = new ServerContext(self.name(), readSide.readiness(), counters, System::nanoTime);
    this.endpoints = new Endpoints(
        store,
        readSide,
        server,
        self,
        Version.TEXT,
        new DeltaEncoder(vertx, self, InstantSource.system()),
        new Metrics(counters, self.name(), Version.TEXT),
        random,
        System.nanoTime() / 1_000_000);
    this.bus = new BusVerticle(store, self.name(), busSettings(config));
  }

  /** Starts a node; the future completes when it serves requests. It may still be recovering then. */
  public static Future<Node> start(Vertx vertx, Config config) {
    Node node = new Node(vertx, config);
    return node.deploy()
        .map(node)
        .onSuccess(started -> started.announce("node started"))
        .recover(failure -> node.stop().transform(stopped -> Future.failedFuture(failure)));
  }

  /** Not ready any more; then requests in flight end; then all stops. May be called again. */
  public Future<Void> stop() {
    return undeploy(storeDeployment);
  }

  /**
   * Takes over the cluster, liveness, the gossip interval and the limits; other settings stay as they were at the start.
   * Connections are closed, after their requests in flight, only if a limit changed that belongs to the server.
   */
  public Future<Void> reconfigure(Config changed) {
    HttpSettings before = httpSettings(config);
    config = changed;
    return store
        .configure(storeSettings(changed))
        .compose(done -> gossip.configure(gossipSettings(changed)))
        .compose(done -> bus.configure(busSettings(changed)))
        .compose(done ->
            httpSettings(changed).equals(before) ? Future.succeededFuture() : restartHttp());
  }

  private Future<Void> deploy() {
    return vertx
        .deployVerticle(state)
        .compose(id -> {
          storeDeployment = id;
          return deployHttp();
        })
        .compose(done -> state.deployAbove(() -> vertx.deployVerticle(bus)))
        .compose(done -> state.deployAbove(() -> vertx.deployVerticle(gossip)))
        .mapEmpty();
  }

  private Future<Void> deployHttp() {
    HttpSettings settings = httpSettings(config);
    DeploymentOptions each =
        new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
    return state
        .deployAbove(() -> vertx.deployVerticle(
            () -> new HttpVerticle(settings, server, endpoints.with(settings)), each))
        .map(id -> {
          httpDeployment = id;
          return null;
        });
  }

  private Future<Void> restartHttp() {
    return undeploy(httpDeployment).compose(done -> deployHttp());
  }

  private Future<Void> undeploy(String deployment) {
    return vertx.deploymentIDs().contains(deployment)
        ? vertx.undeploy(deployment)
        : Future.succeededFuture();
  }

  private void announce(String what) {
    log.info(
        "{} node={} life={} address={}:{} peers={} version={}",
        what,
        self.name(),
        self.life(),
        config.host(),
        config.port(),
        config.peers().keySet(),
        Version.TEXT);
  }

  private static StoreSettings storeSettings(Config config) {
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

  private static HttpSettings httpSettings(Config config) {
    Limits limits = config.limits();
    return new HttpSettings(
        config.host(),
        config.port(),
        limits.requestLineBytes(),
        limits.headerBytes(),
        limits.documentBytes(),
        limits.documentDepth(),
        limits.batchBytes(),
        limits.bodyTimeout().toMillis(),
        limits.idleTimeout().toMillis(),
        config.metrics());
  }

  private static BusVerticle.Settings busSettings(Config config) {
    return new BusVerticle.Settings(
        config.limits().documentBytes(), config.limits().documentDepth());
  }

  private static GossipSettings gossipSettings(Config config) {
    return new GossipSettings(
        config.peers(),
        config.gossip().interval().toMillis(),
        config.gossip().recoveryTimeout().toMillis(),
        config.liveness().toMillis(),
        config.gossip().maxSkew().toMillis());
  }
}

package io.hera.gossip;

import static io.hera.gossip.ScriptedPeer.NOW;

import io.hera.registry.Dialect;
import io.hera.registry.Digest;
import io.hera.registry.InstanceView;
import io.hera.registry.Key;
import io.hera.store.BusStore;
import io.hera.store.DeltaRequest;
import io.hera.store.OwnHandshake;
import io.hera.store.PeerIdentities;
import io.hera.store.ReadSide;
import io.hera.store.Readiness;
import io.hera.store.StoreSettings;
import io.hera.store.StoreVerticle;
import io.hera.store.page.PageMemory;
import io.hera.testkit.CountingStore;
import io.hera.testkit.Eventually;
import io.hera.testkit.Handshakes;
import io.hera.testkit.Ports;
import io.hera.testkit.TestLimits;
import io.hera.wire.Address;
import io.hera.wire.ContentHasher;
import io.hera.wire.DeltasTarget;
import io.hera.wire.Handshake;
import io.hera.wire.NodeId;
import io.hera.wire.PeerStatus;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A node without its HTTP side, on real verticles, and what tests ask of it. */
class GossipBed {
  /** So long that nothing happens because of a timer. */
  static final long NEVER = 3_600_000;

  static final long SOON = 300;

  Vertx vertx;
  ReadSide readSide;
  Readiness readiness;
  BusStore store;
  /** What gossip asks of the store. */
  CountingStore calls;
  /** The wall clock of the node minus the agreed time. */
  long wallErrorMillis;

  @Nullable
  GossipVerticle gossip;

  /** What the node proves to its peers. */
  final PeerProof proof = new PeerProof(PeerProof.Network.OPEN);

  /** Resolves the hosts of peers. */
  volatile HostResolver resolver = HostResolver.SYSTEM;

  @BeforeEach
  void open() {
    vertx = Vertx.vertx();
    readSide = new ReadSide(new PageMemory(16 << 20));
    readiness = readSide.readiness();
    store = new BusStore(vertx, "life-of-me");
  }

  @AfterEach
  void close() throws TimeoutException {
    undeploy();
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  ScriptedPeer peer(BiConsumer<HttpServerRequest, Digest> script) {
    return ScriptedPeer.start(vertx, script);
  }

  void start(long intervalMillis, long recoveryMillis, Map<String, Address> peers) {
    OwnHandshake self = Handshakes.own(new NodeId("me", "life-of-me"), members(peers));
    StoreSettings members = new StoreSettings(members(peers), TestLimits.DEFAULT);
    vertx
        .deployVerticle(new StoreVerticle(
            store,
            readSide,
            self,
            members,
            new ContentHasher(Set.of()),
            () -> Instant.ofEpochMilli(NOW),
            System::nanoTime))
        .await();
    calls = new CountingStore(store);
    gossip = new GossipVerticle(
        calls.store(),
        self,
        Optional.empty(),
        proof,
        settings(intervalMillis, recoveryMillis, peers),
        new Clocks(
            () -> Instant.ofEpochMilli(NOW + wallErrorMillis),
            () -> Instant.ofEpochMilli(NOW),
            System::nanoTime),
        host -> resolver.resolve(host),
        new SplittableRandom(1));
    vertx.deployVerticle(gossip).await();
  }

  /** Stops gossip; the store goes on. */
  void undeploy() throws TimeoutException {
    if (gossip != null) {
      vertx.undeploy(gossip.deploymentID()).await(10, TimeUnit.SECONDS);
      gossip = null;
    }
  }

  void configure(GossipSettings changed) {
    store
        .configure(new StoreSettings(members(changed.peers()), TestLimits.DEFAULT))
        .await();
    gossip.configure(changed).await();
  }

  static GossipSettings settings(
      long intervalMillis, long recoveryMillis, Map<String, Address> peers) {
    Map<String, PeerAddress> addresses = new HashMap<>();
    peers.forEach((name, address) -> addresses.put(name, new PeerAddress(address)));
    return new GossipSettings(addresses, intervalMillis, recoveryMillis, 300_000, 60_000);
  }

  static Set<String> members(Map<String, ?> peers) {
    Set<String> members = new HashSet<>(peers.keySet());
    members.add("me");
    return members;
  }

  void meet(String name) {
    meet(name, "life-of-" + name);
  }

  /** A request of a peer comes to this node. */
  void meet(String name, String life) {
    PeerIdentities.Claim peer =
        new PeerIdentities.Claim(Handshake.of(new NodeId(name, life)), "test");
    DeltasTarget nothing = DeltasTarget.of(new Digest(Map.of()));
    store.delta(new DeltaRequest(Optional.of(peer), nothing, Dialect.V2, 1_000)).await();
  }

  /** Waits until the store and the event loops have nothing left to do. */
  void settle() {
    for (int hop = 0; hop < 50; hop++) {
      store.status().await();
    }
  }

  boolean has(String service, String id) {
    return store.find(new Key(service, id)).await().isPresent();
  }

  String document(String service, String id) {
    InstanceView found = store.find(new Key(service, id)).await().orElseThrow();
    return new String(found.document(), StandardCharsets.UTF_8);
  }

  Map<String, Long> stats() {
    Map<String, Long> horizons = new TreeMap<>();
    store
        .status()
        .await()
        .registry()
        .origins()
        .forEach((origin, stats) -> horizons.put(origin, stats.horizon()));
    return horizons;
  }

  @Nullable
  PeerStatus reportOfMaybe(String name) {
    return gossip == null ? null : gossip.peers().await().get(name);
  }

  PeerStatus reportOf(String name) {
    await(() -> reportOfMaybe(name) != null);
    return reportOfMaybe(name);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** An address that refuses connections. */
  static Address nobody() {
    return new Address("127.0.0.1", Ports.free());
  }

  static void await(BooleanSupplier condition) {
    Eventually.holds(condition);
  }
}

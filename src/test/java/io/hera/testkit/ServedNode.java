package io.hera.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.assembly.Endpoints;
import io.hera.gossip.serve.DeltaEncoder;
import io.hera.gossip.serve.DeltaWriter;
import io.hera.http.AccessControl;
import io.hera.http.AuditLog;
import io.hera.http.BrowserGuard;
import io.hera.http.BrowserRules;
import io.hera.http.BytesInFlight;
import io.hera.http.CurrentLimits;
import io.hera.http.Endpoint;
import io.hera.http.EndpointFactory;
import io.hera.http.HttpLimits;
import io.hera.http.HttpSettings;
import io.hera.http.HttpVerticle;
import io.hera.http.NodeDrain;
import io.hera.http.RequestCounters;
import io.hera.http.ServerContext;
import io.hera.http.ops.Metrics;
import io.hera.http.ops.ReplyMemory;
import io.hera.http.ops.StatusReport;
import io.hera.loop.LoopTurns;
import io.hera.loop.MeasuredTransport;
import io.hera.registry.Delta;
import io.hera.registry.Digest;
import io.hera.registry.OriginDelta;
import io.hera.registry.RegistryLimits;
import io.hera.store.BusStore;
import io.hera.store.OwnHandshake;
import io.hera.store.PeerIdentities.Introduction;
import io.hera.store.ReadSide;
import io.hera.store.Readiness;
import io.hera.store.Reception;
import io.hera.store.StoreSettings;
import io.hera.store.StoreVerticle;
import io.hera.store.page.PageMemory;
import io.hera.wire.ContentHasher;
import io.hera.wire.NodeId;
import io.hera.wire.NodeStatus;
import io.hera.wire.PeerReply;
import io.hera.wire.PeerStatus;
import io.hera.wire.SecurityStatus;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.transport.Transport;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The node a of a cluster of a and b, without gossip, on a free port: the store and two HTTP
 * verticles.
 */
public final class ServedNode implements AutoCloseable {
  public static final String LIFE = "0123456789abcdef";
  public static final HttpSettings SETTINGS =
      new HttpSettings("127.0.0.1", 0, 64 << 10, 16 << 10, true);
  public static final HttpLimits LIMITS =
      new HttpLimits(64 << 10, 32, 4 << 20, 10_000, 60_000, 10_000);

  /** Short, since every test waits for it. */
  private static final long PARTING_MILLIS = 5;

  private final LoopTurns turns = new LoopTurns(System::nanoTime);
  private final Vertx vertx = Vertx.builder()
      .with(new VertxOptions().setEventLoopPoolSize(3))
      .withTransport(new MeasuredTransport(Transport.NIO, turns))
      .build();
  private final int port;
  public final BusStore store;
  /** Counts what HTTP asks the store. */
  public final CountingStore asked;

  /** The memory for listings: 32 MiB, unless a test changes that. */
  public final PageMemory pages = new PageMemory(32 << 20);
  /** The bytes that wait for readers: 16 MiB, unless a test changes that. */
  public final BytesInFlight inFlight;

  private final ReadSide readSide = new ReadSide(pages);
  public final Readiness readiness = readSide.readiness();
  /** Tells requests for web pages from others; no host and no origin is configured. */
  public final BrowserGuard guard;

  /** Who may do what; everyone may do everything until a test sets rules. */
  public final AccessControl access;

  /** Why the drains are not saved; empty if they are. */
  public volatile Optional<String> notSaved = Optional.empty();

  private volatile List<String> paths = List.of();
  /** What gossip reports. */
  public final Map<String, PeerStatus> peers = new ConcurrentHashMap<>();

  /** The replies of its peers to the questions of operators, by target. */
  public volatile Function<String, Map<String, PeerReply>> peerReplies = target -> Map.of();

  /** How its peers are found. */
  public volatile Optional<NodeStatus.Discovery> discovery = Optional.empty();

  /** What its DNS server reports. */
  public volatile Optional<NodeStatus.Dns> dns = Optional.empty();

  private ServedNode(HttpSettings settings, HttpLimits limits, RegistryLimits bounds) {
    this(LIFE, settings, limits, bounds);
  }

  private ServedNode(String life, HttpSettings settings, HttpLimits limits, RegistryLimits bounds) {
    NodeId self = new NodeId("a", life);
    OwnHandshake handshake = Handshakes.own(self, Set.of("a", "b"));
    store = new BusStore(vertx, self.life());
    asked = new CountingStore(store);
    StoreSettings cluster = new StoreSettings(Set.of("a", "b"), bounds);
    vertx
        .deployVerticle(new StoreVerticle(
            store,
            readSide,
            handshake,
            cluster,
            new ContentHasher(Set.of("updated_at")),
            InstantSource.system(),
            System::nanoTime))
        .await();
    port = Ports.free();
    HttpSettings bound = new HttpSettings(
        settings.host(),
        port,
        OptionalInt.empty(),
        settings.requestLineBytesMax(),
        settings.headerBytesMax(),
        settings.metrics(),
        settings.ui(),
        settings.eureka(),
        PARTING_MILLIS);
    RequestCounters counters = new RequestCounters();
    ServerContext server = context(self.name(), readiness, counters, limits);
    guard = server.guard();
    access = server.access();
    inFlight = server.inFlight();
    Endpoints endpoints = new Endpoints(
        asked.store(),
        readSide,
        server,
        self,
        new DeltaEncoder(vertx, new DeltaWriter(handshake, InstantSource.system())),
        new StatusReport(
            self,
            handshake,
            "test",
            readiness,
            counters,
            Optional.empty(),
            access,
            server.drain(),
            () -> new SecurityStatus("refusals", false, "cluster", Optional.empty()),
            status -> Optional.empty(),
            () -> Future.succeededFuture(Map.copyOf(peers)),
            () -> Future.succeededFuture(discovery),
            () -> 3_000,
            () -> Future.succeededFuture(dns),
            System.nanoTime() / 1_000_000),
        new Metrics(counters, access, turns::loops, new ReplyMemory(pages, inFlight)),
        new Random(),
        () -> Future.succeededFuture(notSaved),
        target -> Future.succeededFuture(new TreeMap<>(peerReplies.apply(target))));
    vertx
        .deployVerticle(
            () -> new HttpVerticle(
                bound, server, context -> made(endpoints.with(bound), context), () -> false),
            new DeploymentOptions().setInstances(2))
        .await();
  }

  private Future<List<Endpoint>> made(EndpointFactory factory, Context context) {
    return factory
        .make(context)
        .onSuccess(made -> paths = made.stream().map(one -> one.route().path()).toList());
  }

  /** Returns the paths of all endpoints. */
  public List<String> paths() {
    return paths;
  }

  /** Starts a node that takes writes. */
  public static ServedNode ready() {
    return recovered(new ServedNode(SETTINGS, LIMITS, TestLimits.DEFAULT));
  }

  /** Starts a node with these settings that takes writes. */
  public static ServedNode ready(HttpSettings settings) {
    return recovered(new ServedNode(settings, LIMITS, TestLimits.DEFAULT));
  }

  /** Starts a node with these limits of its server that takes writes. */
  public static ServedNode ready(HttpLimits limits) {
    return recovered(new ServedNode(SETTINGS, limits, TestLimits.DEFAULT));
  }

  /** Starts a node with these limits of its registry that takes writes. */
  public static ServedNode ready(RegistryLimits bounds) {
    return recovered(new ServedNode(SETTINGS, LIMITS, bounds));
  }

  /** Returns a node of another life than the other factories. */
  public static ServedNode ready(String life) {
    return recovered(new ServedNode(life, SETTINGS, LIMITS, TestLimits.DEFAULT));
  }

  /** Starts a node that is recovering. */
  public static ServedNode recovering() {
    return new ServedNode(SETTINGS, LIMITS, TestLimits.DEFAULT);
  }

  /** What HTTP verticles of a node of this name share. */
  public static ServerContext context(
      String name, Readiness readiness, RequestCounters counters, HttpLimits limits) {
    return new ServerContext(
        name,
        readiness,
        counters,
        System::nanoTime,
        InstantSource.system(),
        new CurrentLimits(limits),
        new BytesInFlight(16 << 20),
        new BrowserGuard(new BrowserRules(Set.of(), Set.of())),
        Optional.empty(),
        new AccessControl(new AuditLog(System::nanoTime)),
        new NodeDrain(InstantSource.system(), System::nanoTime));
  }

  private static ServedNode recovered(ServedNode node) {
    node.recover();
    return node;
  }

  /** Ends the recovery, and makes the node ready. */
  public void recover() {
    endRecovery();
    synchronise();
  }

  /** Ends the recovery; the node does not have the entries of its peers yet. */
  public void endRecovery() {
    store.recovered("in a test").await();
  }

  /** Makes a node that has recovered ready. */
  public void synchronise() {
    store.synchronised("in a test").await();
  }

  public void merge(Delta delta) {
    store
        .receive(new Reception(
            "peer",
            Optional.empty(),
            new Digest(delta.origins().stream()
                .collect(Collectors.toMap(OriginDelta::origin, OriginDelta::from))),
            delta,
            Reception.Place.WITHIN,
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty()))
        .await();
  }

  /** The peer b has answered from its address, with nothing, in this life (P9). */
  public void fetchedFromB(String life) {
    fetchedFromB(life, new Delta(List.of()));
  }

  /** The peer b, of the same cluster, has answered this to a pull. */
  public void fetchedFromB(String life, Delta answer, String... held) {
    Introduction peer = Handshakes.introduction(
        "b", Handshakes.of("b", life), "10.0.0.2:8080", Set.of("a", "b"), held);
    store.digest("b").await();
    store
        .receive(new Reception(
            "b",
            Optional.of(peer),
            new Digest(answer.origins().stream()
                .collect(Collectors.toMap(OriginDelta::origin, OriginDelta::from))),
            answer,
            Reception.Place.WITHIN,
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty()))
        .await();
  }

  /** Deploys a verticle beside the HTTP verticles. */
  public void deploy(Deployable verticle) {
    vertx.deployVerticle(verticle).await();
  }

  public int port() {
    return port;
  }

  public Line line() {
    return new Line(port);
  }

  /** Sends a request on a connection of its own. */
  public Reply send(String method, String target, String body, String... headers) {
    try (Line line = line()) {
      return line.send(method, target, body, headers);
    }
  }

  public Reply get(String target, String... headers) {
    return send("GET", target, "", headers);
  }

  public Reply put(String target, String document) {
    return send("PUT", target, document);
  }

  public Reply put(String target, byte[] document, String... headers) {
    try (Line line = line()) {
      return line.write(Line.request("PUT", target, document, headers)).read("PUT");
    }
  }

  /** Sends bytes as they are, and reads one answer with a body. */
  public Reply raw(String request) {
    try (Line line = line()) {
      return line.write(request).read("GET");
    }
  }

  /** Registers an instance, and fails unless the answer is 204. */
  public void register(String target, String document) {
    put(target, document).isDone();
  }

  /** Returns the document at {@code target}, and fails if there is none. */
  public String document(String target) {
    Reply reply = get(target);
    assertThat(reply.status()).as(target).isEqualTo(200);
    return reply.body();
  }

  public long expiresIn(String target) {
    return Long.parseLong(get(target).header("hera-expires-in"));
  }

  public JsonObject status() {
    return get("/_status").json();
  }

  /** Waits until so many clients wait for a change or follow a stream. */
  public void awaitWatchers(int count) {
    Eventually.passes(() -> assertThat(status().getInteger("watchers")).isEqualTo(count));
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}

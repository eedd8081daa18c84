package io.hera.assembly;

import io.hera.gossip.serve.DeltaEncoder;
import io.hera.gossip.serve.DeltaEndpoint;
import io.hera.http.AuditLog;
import io.hera.http.Bodies;
import io.hera.http.Endpoint;
import io.hera.http.EndpointFactory;
import io.hera.http.HttpLimits;
import io.hera.http.HttpSettings;
import io.hera.http.LineBodies;
import io.hera.http.ServerContext;
import io.hera.http.WhenReady;
import io.hera.http.api.Batch;
import io.hera.http.api.Batches;
import io.hera.http.api.Export;
import io.hera.http.api.Heartbeat;
import io.hera.http.api.Instances;
import io.hera.http.api.Lookups;
import io.hera.http.api.Ndjson;
import io.hera.http.api.RenewalHints;
import io.hera.http.api.ServiceInstances;
import io.hera.http.api.ServiceList;
import io.hera.http.eureka.EurekaEndpoint;
import io.hera.http.eureka.EurekaLists;
import io.hera.http.eureka.EurekaWrites;
import io.hera.http.history.EventList;
import io.hera.http.history.HistoryStreams;
import io.hera.http.history.OneEvent;
import io.hera.http.inspect.ClusterInstance;
import io.hera.http.inspect.ClusterReply;
import io.hera.http.inspect.ClusterService;
import io.hera.http.inspect.ClusterStatus;
import io.hera.http.inspect.EntriesOfInstance;
import io.hera.http.inspect.EntriesOfService;
import io.hera.http.inspect.Find;
import io.hera.http.inspect.GossipStream;
import io.hera.http.inspect.PeerQuestions;
import io.hera.http.ops.DrainEndpoint;
import io.hera.http.ops.DrainList;
import io.hera.http.ops.DrainSaver;
import io.hera.http.ops.Liveness;
import io.hera.http.ops.Metrics;
import io.hera.http.ops.MetricsEndpoint;
import io.hera.http.ops.NodeDrainEndpoint;
import io.hera.http.ops.OpenApi;
import io.hera.http.ops.PrometheusTargets;
import io.hera.http.ops.ReadinessCheck;
import io.hera.http.ops.StatusPage;
import io.hera.http.ops.StatusReport;
import io.hera.http.ops.WhoAmI;
import io.hera.http.proxy.ServiceLines;
import io.hera.http.proxy.TraefikConfiguration;
import io.hera.http.ui.UiPage;
import io.hera.http.watch.Watchers;
import io.hera.store.ReadSide;
import io.hera.store.Store;
import io.hera.store.WriteBatcher;
import io.hera.store.page.Workers;
import io.hera.wire.EurekaMode;
import io.hera.wire.NodeId;
import io.hera.wire.NodeStatus;
import io.hera.wire.UiMode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What a node serves over HTTP: a new endpoint is one line here. One per node; composes the endpoints of each HTTP verticle.
 *
 * @param encoder of answers to peers
 * @param drainSaver saves the drains after a command
 * @param peers are asked for operators
 */
public record Endpoints(
    Store store,
    ReadSide readSide,
    ServerContext server,
    NodeId self,
    DeltaEncoder encoder,
    StatusReport report,
    Metrics metrics,
    RandomGenerator random,
    DrainSaver drainSaver,
    PeerQuestions peers) {

  /** Returns what makes the endpoints of a server with these settings. */
  public EndpointFactory with(HttpSettings settings) {
    return context -> make(context, settings);
  }

  private Future<List<Endpoint>> make(Context context, HttpSettings settings) {
    Vertx vertx = context.owner();
    Watchers watchers =
        new Watchers(context, store, readSide, self.life(), server.counters(), random);
    HistoryStreams history = new HistoryStreams(
        context, store, readSide.readiness(), self.life(), server.counters(), random);
    Lookups lookups = new Lookups(vertx, store, readSide, watchers, self.life());
    DeltaEndpoint deltas = new DeltaEndpoint(vertx, store, encoder);
    WriteBatcher writes = new WriteBatcher(store, context);
    Supplier<HttpLimits> limits = server.limits()::get;
    LongSupplier timeoutMillis = () -> limits.get().bodyTimeoutMillis();
    Bodies documents = new Bodies(vertx, () -> limits.get().documentBytesMax(), timeoutMillis);
    Bodies large = new Bodies(vertx, () -> limits.get().batchBytesMax(), timeoutMillis);
    LineBodies lines =
        new LineBodies(vertx, () -> Ndjson.lineBytesMax(limits.get()), timeoutMillis);
    RenewalHints hints = new RenewalHints(store);
    AuditLog audit = server.access().audit();
    Workers workers = workers(vertx);
    Batches batches =
        new Batches(store, large, lines, limits, workers, audit, hints, readSide.drains());
    InstantSource agreed = readSide.clock().corrected(server.wall());
    ClusterReply cluster = new ClusterReply(vertx, self.name(), agreed, peers);
    List<Endpoint> endpoints = new ArrayList<>(List.of(
        whenReady(new ServiceList(context, store, lookups, workers)),
        whenReady(new ServiceInstances(context, store, lookups)),
        whenReady(new Instances(writes, lookups, documents, limits, audit)),
        new Batch(batches),
        new Heartbeat(batches),
        whenReady(new Export(context, store)),
        whenReady(new EntriesOfService(store)),
        whenReady(new EntriesOfInstance(store)),
        whenReady(new Find(store)),
        new ClusterStatus(cluster, () -> status().map(NodeStatus::toJson)),
        new GossipStream(context, store, this::status, agreed, server.counters(), random),
        whenReady(new ClusterService(store, cluster)),
        whenReady(new ClusterInstance(store, cluster)),
        deltas,
        new EventList(vertx, store, self, agreed, history),
        new OneEvent(store, self.life()),
        new Liveness(),
        new ReadinessCheck(server.readiness(), server.drain()),
        new NodeDrainEndpoint(server.drain(), documents),
        new StatusPage(store, report),
        whenReady(new PrometheusTargets(context, store, server.counters())),
        WhenReady.whole(
            new ServiceLines(vertx, store, readSide, watchers, server.counters().leftOut()),
            readSide),
        WhenReady.whole(
            new TraefikConfiguration(vertx, store, server.counters().leftOut()), readSide),
        whenReady(new DrainList(store)),
        whenReady(drain(DrainEndpoint.SERVICE, documents)),
        whenReady(drain(DrainEndpoint.INSTANCE, documents)),
        new OpenApi(vertx),
        new WhoAmI()));
    if (settings.metrics()) {
      endpoints.add(new MetricsEndpoint(vertx, store, report, metrics));
    }
    if (settings.ui() != UiMode.FALSE) {
      endpoints.add(new UiPage(vertx, settings.ui()));
    }
    if (!(settings.eureka() instanceof EurekaMode.Off)) {
      EurekaLists lists = new EurekaLists(vertx, store, server.counters(), server.monotonicNanos());
      EurekaWrites registrations = new EurekaWrites(store, writes, documents, limits, audit);
      endpoints.add(new EurekaEndpoint(readSide.readiness(), lists, registrations));
    }
    return Future.all(watchers.start(), history.start(), deltas.start()).map(started -> endpoints);
  }

  private Future<NodeStatus> status() {
    return store.status().compose(report::of);
  }

  private Endpoint drain(String path, Bodies bodies) {
    return new DrainEndpoint(path, store, bodies, server.wall(), drainSaver);
  }

  private static Workers workers(Vertx vertx) {
    return new Workers() {
      @Override
      public <T> Future<T> run(Supplier<T> work) {
        return vertx.executeBlocking(work::get, false);
      }
    };
  }

  private Endpoint whenReady(Endpoint endpoint) {
    return new WhenReady(endpoint, readSide);
  }
}

package io.hera.gossip.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.http.Endpoint;
import io.hera.http.Exchange;
import io.hera.http.HttpSettings;
import io.hera.http.HttpVerticle;
import io.hera.http.Parameters;
import io.hera.http.RequestCounters;
import io.hera.http.Right;
import io.hera.http.Route;
import io.hera.http.ServerContext;
import io.hera.registry.Key;
import io.hera.store.BusStore;
import io.hera.store.OwnHandshake;
import io.hera.store.ReadSide;
import io.hera.store.StoreSettings;
import io.hera.store.StoreVerticle;
import io.hera.store.Write;
import io.hera.store.page.PageMemory;
import io.hera.testkit.CountingStore;
import io.hera.testkit.Handshakes;
import io.hera.testkit.Line;
import io.hera.testkit.Ports;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.hera.testkit.TestLimits;
import io.hera.wire.ContentHasher;
import io.hera.wire.NodeId;
import io.hera.wire.V2Codec;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the endpoint does with connections and with the store. */
@Timeout(60)
class DeltaEndpointTest {
  private static final int PARKED_MAX = 2;

  private final Vertx vertx = Vertx.vertx();
  private final OwnHandshake self = Handshakes.own(new NodeId("a", "life"), Set.of("a", "b"));
  private final BusStore bus = new BusStore(vertx, self.handshake().life());
  private final CountingStore store = new CountingStore(bus);
  private final ReadSide readSide = new ReadSide(new PageMemory(16 << 20));
  private final int port = Ports.free();
  private final DeltaEndpoint endpoint = new DeltaEndpoint(
      vertx,
      store.store(),
      new DeltaEncoder(vertx, new DeltaWriter(self, InstantSource.system())),
      PARKED_MAX);
  private volatile Context loop = vertx.getOrCreateContext();
  private String deployment = "";

  @BeforeEach
  void start() {
    StoreVerticle state = new StoreVerticle(
        bus,
        readSide,
        self,
        new StoreSettings(Set.of("a", "b"), TestLimits.DEFAULT),
        new ContentHasher(Set.of()),
        InstantSource.system(),
        System::nanoTime);
    vertx.deployVerticle(state).await();
    bus.recovered("in a test").await();
    HttpSettings settings = new HttpSettings("127.0.0.1", port, 64 << 10, 16 << 10, true);
    ServerContext server =
        ServedNode.context("a", readSide.readiness(), new RequestCounters(), ServedNode.LIMITS);
    deployment = vertx
        .deployVerticle(new HttpVerticle(settings, server, this::endpoints, () -> false))
        .await();
    store.reset();
  }

  private Future<List<Endpoint>> endpoints(Context context) {
    loop = context;
    return endpoint
        .start()
        .map(started -> List.of(
            endpoint,
            new Unused(Endpoint.ALL_SERVICES),
            new Unused(Endpoint.ONE_SERVICE),
            new Unused(Endpoint.ONE_INSTANCE)));
  }

  /** An endpoint that a server has to have. */
  private record Unused(String path) implements Endpoint {
    @Override
    public Route route() {
      return Route.read(path, Parameters.NONE, Right.NONE);
    }

    @Override
    public void handle(Exchange exchange) {
      exchange.done();
    }
  }

  @AfterEach
  void stop() throws TimeoutException {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private Line waits() {
    return new Line(port).write(request("/_deltas?a=0&_wait=20000"));
  }

  private static byte[] request(String target) {
    return Line.request(
        "GET", target, new byte[0], "Accept: " + V2Codec.MEDIA_TYPE, "Hera-Node: b;life=1");
  }

  private void awaitParked(int count) {
    while (parked() != count) {
      Thread.onSpinWait();
    }
  }

  private int parked() {
    Promise<Integer> counted = Promise.promise();
    loop.runOnContext(turn -> counted.complete(endpoint.parked()));
    return counted.future().await();
  }

  private void put(String id) {
    Write.Put put = new Write.Put(new Key("s", id), new byte[] {'{', '}'}, 0);
    bus.write(List.of(put)).await();
  }

  @Test
  void aRequestIsNotParkedAnyMoreWhenItsClientDisconnects() {
    try (Line stays = waits()) {
      try (Line leaves = waits()) {
        awaitParked(2);
        leaves.finish();
      }
      awaitParked(1);
      put("1");
      assertThat(stays.readAny("GET").status()).isEqualTo(200);
    }
    assertThat(parked()).isZero();
  }

  @Test
  void aServerThatStopsAnswersParkedRequests() throws TimeoutException {
    try (Line parked = waits()) {
      awaitParked(1);
      Future<Void> stopped = vertx.undeploy(deployment);
      assertThat(parked.readAny("GET").status()).isEqualTo(200);
      stopped.await(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void aRequestAboveTheLimitIsAnsweredAtOnce() {
    try (Line first = waits();
        Line second = waits()) {
      awaitParked(PARKED_MAX);
      try (Line third = waits()) {
        assertThat(third.readAny("GET").status()).isEqualTo(200);
      }
      assertThat(parked()).isEqualTo(PARKED_MAX);
      first.finish();
      second.finish();
    }
  }

  @Test
  void noRequestIsParkedWhenTheServerStops() {
    readSide.readiness().stop();
    try (Line line = waits()) {
      assertThat(line.readAny("GET").status()).isEqualTo(200);
    }
  }

  @Test
  void aRequestIsOneTurnOfTheStoreAndANotificationNone() {
    try (Line peer = new Line(port)) {
      Reply reply = peer.write(request("/_deltas?a=0&b=0&_checksums=1")).readAny("GET");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(store.calls()).isEqualTo(Map.of("delta", 1));
      peer.write(request("/_deltas?a=0&_wait=20000"));
      awaitParked(1);
      put("1");
      assertThat(peer.readAny("GET").status()).isEqualTo(200);
      assertThat(store.calls()).isEqualTo(Map.of("delta", 2));
    }
  }
}

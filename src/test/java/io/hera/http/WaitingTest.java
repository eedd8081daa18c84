package io.hera.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.registry.Dialect;
import io.hera.registry.Digest;
import io.hera.registry.RegistryLimits;
import io.hera.store.BusStore;
import io.hera.store.DeltaRequest;
import io.hera.store.ReadSide;
import io.hera.store.Readiness;
import io.hera.store.StoreSettings;
import io.hera.store.StoreVerticle;
import io.hera.testkit.Eventually;
import io.hera.testkit.Line;
import io.hera.testkit.ServedNode;
import io.hera.wire.ContentHasher;
import io.hera.wire.NodeId;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits, and who does not any more. */
@Timeout(60)
class WaitingTest {
  /** Longer than any test. */
  private static final long LONG_MILLIS = 3_600_000;

  private static final DeltaRequest NOTHING_NEW =
      new DeltaRequest(Optional.empty(), Digest.of("a", 0), Dialect.V2, 1_000, false, true);

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final BusStore store = new BusStore(vertx, "life");
  private final Waiting waiting = new Waiting(vertx, store, 2);
  private final Readiness readiness = new Readiness();
  private final ServerContext node =
      ServedNode.context("a", readiness, new RequestCounters(), ServedNode.LIMITS);
  private final Connections connections = new Connections(vertx, node, ServedNode.SETTINGS);
  private HttpServer server;

  @BeforeEach
  void start() {
    StoreVerticle state = new StoreVerticle(
        store,
        new ReadSide(),
        new NodeId("a", "life"),
        new StoreSettings(Set.of("a"), RegistryLimits.DEFAULT),
        new ContentHasher(Set.of()),
        InstantSource.system(),
        System::nanoTime);
    vertx.deployVerticle(state).await();
    Promise<HttpServer> listening = Promise.promise();
    loop.runOnContext(turn -> waiting
        .start()
        .compose(started -> vertx
            .createHttpServer()
            .connectionHandler(connections::opened)
            .requestHandler(this::handle)
            .listen(0, "127.0.0.1"))
        .onComplete(listening));
    server = listening.future().await();
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  private void handle(HttpServerRequest request) {
    Exchange exchange =
        connections.begin(request, TargetParser.parse("/_deltas"), connections.route("/_deltas"));
    waiting
        .ask(exchange, NOTHING_NEW, LONG_MILLIS)
        .onSuccess(answered -> exchange.done())
        .onFailure(exchange::fail);
  }

  private Line question() {
    return new Line(server.actualPort()).write(Line.request("GET", "/", new byte[0]));
  }

  private void drain() {
    readiness.stop();
    loop.runOnContext(turn -> connections.drain());
  }

  private void awaitCount(int count) {
    Eventually.passes(() -> assertThat(count()).isEqualTo(count));
  }

  private int count() {
    Promise<Integer> counted = Promise.promise();
    loop.runOnContext(turn -> counted.complete(waiting.count()));
    return counted.future().await();
  }

  @Test
  void aClientThatGoesAwayDoesNotWaitAnyMore() {
    try (Line stays = question()) {
      try (Line goes = question()) {
        awaitCount(2);
        goes.finish();
      }
      awaitCount(1);
      drain();
      assertThat(stays.readAny("GET").status()).isEqualTo(204);
      assertThat(count()).isZero();
    }
  }

  @Test
  void oneTooManyIsAnsweredAtOnce() {
    try (Line first = question();
        Line second = question()) {
      awaitCount(2);
      try (Line third = question()) {
        assertThat(third.readAny("GET").status()).isEqualTo(204);
      }
      assertThat(count()).isEqualTo(2);
      first.finish();
      second.finish();
    }
  }

  @Test
  void noQuestionIsParkedWhenTheServerStops() {
    drain();
    try (Line line = question()) {
      assertThat(line.readAny("GET").status()).isEqualTo(204);
    }
  }
}

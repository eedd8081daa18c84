package io.hera.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.store.Readiness;
import io.hera.testkit.Line;
import io.hera.testkit.Reply;
import io.hera.testkit.ServedNode;
import io.hera.wire.Problem;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One reply per request, however many are given. */
@Timeout(60)
class ExchangeTest {
  private static final Buffer JSON = Buffer.buffer("{}");

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final Readiness readiness = new Readiness();
  private final RequestCounters counters = new RequestCounters();
  private final Connections connections = new Connections(
      loop, ServedNode.context("a", readiness, counters, ServedNode.LIMITS), ServedNode.SETTINGS);
  private final BlockingQueue<Exchange> begun = new LinkedBlockingQueue<>();
  private HttpServer server;

  @BeforeEach
  void start() {
    Promise<HttpServer> listening = Promise.promise();
    loop.runOnContext(turn -> vertx
        .createHttpServer()
        .connectionHandler(connections::opened)
        .requestHandler(this::begin)
        .listen(0, "127.0.0.1")
        .onComplete(listening));
    server = listening.future().await();
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  private void begin(HttpServerRequest request) {
    begun.add(connections.begin(request, TargetParser.parse("/s"), connections.route("/s")));
  }

  private Line request() {
    return new Line(server.actualPort()).write(Line.request("GET", "/s", new byte[0]));
  }

  /** Does something with the exchange on its context; throws what it throws. */
  private void on(Exchange exchange, Consumer<Exchange> action) {
    Promise<Void> done = Promise.promise();
    loop.runOnContext(turn -> {
      try {
        action.accept(exchange);
        done.complete();
      } catch (RuntimeException failure) {
        done.fail(failure);
      }
    });
    done.future().await();
  }

  /** A read may be answered by its timer while the store is asked, and by the store's reply after that. */
  @Test
  void theFirstReplyWinsAndLaterOnesAreDropped() throws InterruptedException {
    try (Line line = request()) {
      on(begun.take(), exchange -> {
        exchange.notModified("W/\"1\"");
        exchange.putHeader("vary", "accept-encoding").json("W/\"2\"", JSON);
        exchange.problem(Problem.recovering());
        exchange.fail(new IllegalStateException("late"));
        exchange.beginEvents();
        exchange.done();
        exchange.end();
      });
      Reply reply = line.readAny("GET");
      assertThat(reply.status()).isEqualTo(304);
      assertThat(reply.headers()).containsEntry("etag", "W/\"1\"").doesNotContainKey("vary");
      line.write(Line.request("GET", "/s", new byte[0]));
      on(begun.take(), Exchange::done);
      assertThat(line.readAny("GET").status()).isEqualTo(204);
    }
  }

  @Test
  void aRequestIsCountedOnceWhenItIsRepliedTo() throws InterruptedException {
    try (Line line = request()) {
      Exchange exchange = begun.take();
      assertThat(counters.requests()).isEmpty();
      on(exchange, once -> {
        once.countAs("/{service}?wait");
        once.json(JSON);
        once.problem(Problem.recovering());
      });
      assertThat(line.readAny("GET").status()).isEqualTo(200);
      assertThat(counters.problems()).isEmpty();
      assertThat(counters.requests()).singleElement().satisfies(series -> {
        assertThat(series.route()).isEqualTo("/{service}?wait");
        assertThat(series.method()).isEqualTo("GET");
        assertThat(series.status()).isEqualTo(200);
        assertThat(series.count().sum()).isEqualTo(1);
      });
    }
  }

  @Test
  void aReplyToAClientThatHasDisconnectedIsDropped() throws InterruptedException {
    BlockingQueue<Boolean> disconnected = new LinkedBlockingQueue<>();
    Exchange exchange;
    try (Line line = request()) {
      exchange = begun.take();
      on(exchange, parked -> parked.onDisconnect(() -> disconnected.add(parked.ended())));
      line.finish();
      assertThat(disconnected.take()).isTrue();
    }
    on(exchange, gone -> {
      gone.json("W/\"1\"", JSON);
      gone.problem(Problem.recovering());
      assertThat(gone.room().failed()).isTrue();
    });
    assertThat(counters.requests()).isEmpty();
    assertThat(counters.problems()).isEmpty();
  }

  @Test
  void roomFailsWhenTheClientDisconnectsBeforeItHasReadEnough() throws InterruptedException {
    BlockingQueue<Boolean> room = new LinkedBlockingQueue<>();
    try (Line line = request()) {
      on(begun.take(), slow -> {
        slow.begin(ReplyHeaders.JSON);
        while (!slow.isFull()) {
          slow.write(Buffer.buffer("x".repeat(100_000)));
        }
        slow.room().onComplete(ended -> room.add(ended.succeeded()));
      });
      assertThat(room).isEmpty();
      line.finish();
      assertThat(room.take()).isFalse();
    }
  }

  @Test
  void aServerThatStopsCompletesWhatIsParkedAndAsksForConnectionsToBeClosed()
      throws InterruptedException {
    try (Line parked = request();
        Line answered = request()) {
      Exchange first = begun.take();
      on(begun.take(), Exchange::done);
      on(first, exchange -> exchange.onDrain(exchange::done));
      readiness.stop();
      assertThat(first.draining()).isTrue();
      loop.runOnContext(turn -> connections.drain());
      assertThat(parked.readAny("GET").header("connection")).isEqualTo("close");
      assertThat(answered.readAny("GET").header("connection")).isEmpty();
    }
  }
}

package io.hera.bench;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * Many clients that watch one service at one node: every other one uses long polls, the others
 * follow the event stream. All run on one event loop; other threads read counters only.
 */
final class Crowd implements Watcher.Listener, AutoCloseable {
  private static final long SLOWEST_MICROS = TimeUnit.MINUTES.toMicros(10);

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Context context = vertx.getOrCreateContext();
  private final NetClient client = vertx.createNetClient();
  private final int port;
  private final String service;
  private final String etag;
  private final AtomicInteger informed = new AtomicInteger();
  private final AtomicInteger notified = new AtomicInteger();
  private final Queue<String> troubles = new ConcurrentLinkedQueue<>();
  private final Histogram micros = new Histogram(SLOWEST_MICROS, 3);
  private int opened;
  private int round;
  private long since;

  /** Creates an empty crowd; its long polls begin with the content {@code etag}. */
  Crowd(int port, String service, String etag) {
    this.port = port;
    this.service = service;
    this.etag = etag;
  }

  /** Connects more clients; returns when they are connected. */
  void grow(int more) {
    await(onLoop(() -> {
      List<Future<Watcher>> opening = new ArrayList<>();
      for (int i = 0; i < more; i++) {
        opening.add(open(opened++));
      }
      return Future.all(opening);
    }));
  }

  private Future<Watcher> open(int number) {
    return client
        .connect(port, "127.0.0.1")
        .map(socket -> number % 2 == 0
            ? Watcher.waiting(socket, service, etag, this)
            : Watcher.following(socket, service, this));
  }

  /** Begins a round: counts notifications, and their times, from now on. */
  void listen() {
    onLoop(() -> {
      round++;
      notified.set(0);
      micros.reset();
      since = System.nanoTime();
      return round;
    });
  }

  /** Returns the number of clients that have begun to watch. */
  int informed() {
    return informed.get();
  }

  /** Returns the number of clients that were notified in this round. */
  int notified() {
    return notified.get();
  }

  /** Returns a reason for each connection that was lost. */
  List<String> troubles() {
    return List.copyOf(troubles);
  }

  /** Returns the times until the first notification of each client. */
  Histogram micros() {
    return onLoop(micros::copy);
  }

  @Override
  public void ready() {
    informed.incrementAndGet();
  }

  @Override
  public void notified(Watcher watcher) {
    if (watcher.toldInRound != round) {
      watcher.toldInRound = round;
      micros.recordValue(Math.min(SLOWEST_MICROS, (System.nanoTime() - since) / 1_000));
      notified.incrementAndGet();
    }
  }

  @Override
  public void lost(String why) {
    troubles.add(why);
  }

  @Override
  public void close() {
    await(vertx.close());
  }

  private <T> T onLoop(Supplier<T> task) {
    Promise<T> done = Promise.promise();
    context.runOnContext(turn -> done.complete(task.get()));
    return await(done.future());
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}

package io.hera.http;

import io.hera.wire.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * The clients of streams of events: begins a stream, counts it, keeps it alive, and ends it when the server stops. One per HTTP verticle
 * and kind of stream, used on its context only.
 */
public final class StreamClients {
  private static final int RETRY_MILLIS = 1_000;

  private final RequestCounters counters;
  private final KeepAlives keepAlives;
  private final RandomGenerator random;

  /** No clients yet. */
  public StreamClients(Vertx vertx, RequestCounters counters, RandomGenerator random) {
    this.counters = counters;
    this.keepAlives = new KeepAlives(vertx);
    this.random = random;
  }

  /** Begins a stream, within the limit on clients that wait; returns false if the exchange has ended. */
  public boolean begin(Exchange client) {
    if (!counters.hasRoomForWatcher()) {
      client.problem(Problem.tooManyWatchers());
      return false;
    }
    client.beginEvents();
    if (client.draining() || client.ended()) {
      client.end();
      return false;
    }
    return true;
  }

  /**
   * Counts a client whose stream has begun, until {@link #forgotten}, and tells it how long to wait before it comes back: clients that
   * were cut off together must not come back together.
   *
   * @param quiet says whether a comment may be written now
   * @param forget called when the client has disconnected, or its stream has ended; perhaps twice
   */
  public void add(Exchange client, BooleanSupplier quiet, Runnable forget) {
    counters.watchers(1);
    keepAlives.add(client, quiet);
    client.onDisconnect(forget);
    client.onDrain(() -> end(client, forget));
    int retryMillis = RETRY_MILLIS + random.nextInt(RETRY_MILLIS);
    client.write(Buffer.buffer("retry: " + retryMillis + "\n\n"));
  }

  /** Ends a stream in order: the client comes back, to another node perhaps. */
  public void end(Exchange client, Runnable forget) {
    client.end();
    forget.run();
  }

  /** Counts that a stream has ended. */
  public void forgotten() {
    counters.watchers(-1);
  }
}

package io.hera.bench;

import io.hera.testkit.EventClient;
import io.hera.testkit.Line;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * The measurement of the time that changes take from one node to a client at another. A change is
 * made every 50 ms; its time counts from just before its PUT until the client has its event. Each
 * change is of another instance, so two never become one event.
 */
final class Crossing {
  static final int CHANGES = 200;

  /** Changes before the measurement, which warm up the path. */
  private static final int WARM_UP = 50;

  /** Changes that are made. */
  static final int ALL = WARM_UP + CHANGES;

  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long SLOWEST_MICROS = TimeUnit.MINUTES.toMicros(1);
  private static final String SERVICE = "crossing";

  private final long[] sentAt = new long[ALL];
  private final long[] arrivedAt = new long[ALL];
  private final AtomicInteger arrived = new AtomicInteger();

  /** Makes the changes, waits until no more arrive, and returns the times of those measured. */
  Histogram run(Subject writer, Subject reader) {
    try (EventClient client = new EventClient(reader.port, "/" + SERVICE, "");
        Line line = new Line(writer.port)) {
      client.next();
      CompletableFuture<Void> all = CompletableFuture.runAsync(() -> follow(client));
      for (int n = 0; n < ALL; n++) {
        sentAt[n] = System.nanoTime();
        put(line, n);
        LockSupport.parkNanos(PERIOD_NANOS - (System.nanoTime() - sentAt[n]));
      }
      long end = System.nanoTime() + PATIENCE_NANOS;
      while (!all.isDone() && System.nanoTime() < end) {
        Subject.pause();
      }
    }
    return micros();
  }

  /** Returns the number of changes that have arrived. */
  int arrived() {
    return arrived.get();
  }

  private static void put(Line line, int n) {
    byte[] document = "{\"n\":%d}".formatted(n).getBytes(StandardCharsets.US_ASCII);
    int status = line.write(Line.request("PUT", "/" + SERVICE + "/i-" + n, document))
        .readAny("PUT")
        .status();
    if (status != 204) {
      throw new IllegalStateException("a change was answered with " + status);
    }
  }

  private void follow(EventClient client) {
    while (arrived.get() < ALL) {
      int n = client.next().json().getJsonObject("instance").getInteger("n");
      arrivedAt[n] = System.nanoTime();
      arrived.incrementAndGet();
    }
  }

  private Histogram micros() {
    Histogram micros = new Histogram(SLOWEST_MICROS, 3);
    for (int n = WARM_UP; n < ALL; n++) {
      if (arrivedAt[n] != 0) {
        micros.recordValue(Math.max(0, (arrivedAt[n] - sentAt[n]) / 1_000));
      }
    }
    return micros;
  }
}

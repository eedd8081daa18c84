package io.hera.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;

/**
 * Sends a comment on each stream within 15 s, unless its client does not read. Some of the streams have their turn every quarter of
 * a second. Owned by {@link StreamClients}.
 */
final class KeepAlives {
  private static final Buffer COMMENT = Buffer.buffer(":\n\n");
  private static final long TURN_MILLIS = 250;
  /** Turns in 15 s. */
  private static final int TURNS = 60;

  private final Queue<Stream> streams = new ArrayDeque<>();
  /** Streams × turns that have passed since the last stream had its turn. */
  private int due;

  KeepAlives(Vertx vertx) {
    vertx.setPeriodic(TURN_MILLIS, timer -> turn());
  }

  private record Stream(Exchange client, BooleanSupplier quiet) {}

  /** Adds a client; {@code quiet} says whether a comment may be written now. */
  void add(Exchange client, BooleanSupplier quiet) {
    streams.add(new Stream(client, quiet));
  }

  private void turn() {
    due += streams.size();
    for (; due >= TURNS && !streams.isEmpty(); due -= TURNS) {
      Stream stream = streams.remove();
      if (!stream.client.ended()) {
        streams.add(stream);
        keepAlive(stream);
      }
    }
  }

  private static void keepAlive(Stream stream) {
    if (stream.quiet.getAsBoolean() && !stream.client.isFull()) {
      stream.client.write(COMMENT);
    }
  }
}

package io.hera.http.watch;

import io.hera.http.Exchange;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Sends a comment on each stream within 15 s, unless its client does not read. Some of the streams have their turn every quarter of
 * a second. One per HTTP verticle, used on its context only.
 */
final class KeepAlives {
  private static final Buffer COMMENT = Buffer.buffer(":\n\n");
  private static final long TURN_MILLIS = 250;
  /** Turns in 15 s. */
  private static final int TURNS = 60;

  private final Queue<EventStream<Exchange>> streams = new ArrayDeque<>();
  /** Streams × turns that have passed since the last stream had its turn. */
  private int due;

  KeepAlives(Vertx vertx) {
    vertx.setPeriodic(TURN_MILLIS, timer -> turn());
  }

  void add(EventStream<Exchange> stream) {
    streams.add(stream);
  }

  private void turn() {
    due += streams.size();
    for (; due >= TURNS && !streams.isEmpty(); due -= TURNS) {
      EventStream<Exchange> stream = streams.remove();
      if (!stream.client.ended()) {
        streams.add(stream);
        keepAlive(stream);
      }
    }
  }

  private static void keepAlive(EventStream<Exchange> stream) {
    if (!stream.inSnapshot() && !stream.client.isFull()) {
      stream.client.write(COMMENT);
    }
  }
}

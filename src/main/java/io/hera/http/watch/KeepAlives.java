package io.hera.http.watch;

import io.hera.http.Exchange;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/**
 * Sends a comment on each stream within 15 s, and closes streams whose client has not read for a minute. Some of the streams have
 * their turn every quarter of a second. One per HTTP verticle, used on its context only.
 */
final class KeepAlives {
  private static final Buffer COMMENT = Buffer.buffer(":\n\n");
  private static final long TURN_MILLIS = 250;
  /** Turns in 15 s. */
  private static final int TURNS = 60;
  /** A minute without room. */
  private static final int STALLS_MAX = 4;

  private final Queue<EventStream<Exchange>> streams = new ArrayDeque<>();
  /** How often in a row a stream had no room, for those that had none the last time. */
  private final Map<EventStream<Exchange>, Integer> stalls = new HashMap<>();
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
      if (stream.client.ended()) {
        stalls.remove(stream);
      } else {
        streams.add(stream);
        keepAlive(stream);
      }
    }
  }

  private void keepAlive(EventStream<Exchange> stream) {
    if (!stream.client.isFull()) {
      stalls.remove(stream);
      if (!stream.inSnapshot()) {
        stream.client.write(COMMENT);
      }
    } else if (stalls.merge(stream, 1, Integer::sum) >= STALLS_MAX) {
      stream.client.abort();
    }
  }
}

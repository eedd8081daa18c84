package io.hera.torture;

import io.hera.testkit.EventClient;
import io.hera.torture.Event.At;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Clients that follow the living instances, one at each node. A snapshot is a read of all of them,
 * and a {@code delete} a read that finds nothing. A {@code put} does not count: it may arrive after a
 * later read.
 */
final class Watchers implements AutoCloseable {
  private final World world;
  private final Requests requests;
  private final AtomicReferenceArray<EventClient> streams;
  private volatile boolean over;

  Watchers(World world, Requests requests) {
    this.world = world;
    this.requests = requests;
    this.streams = new AtomicReferenceArray<>(world.nodes());
  }

  /** Follows the instances at a node until the stream ends or fails. */
  void watch(int node) {
    At at = world.at(node);
    long called = DriverClock.now();
    try (EventClient stream = new EventClient(world.port(node), "/live", "")) {
      streams.set(node, stream);
      if (over || stream.response().statusCode() != 200) {
        return;
      }
      for (Optional<EventClient.Event> event = stream.poll();
          event.isPresent() && world.at(node).equals(at);
          event = stream.poll()) {
        record(event.get(), at, called);
      }
    } catch (UncheckedIOException ended) {
      // The process was killed, or the watchers are closed.
    }
  }

  private void record(EventClient.Event event, At at, long called) {
    long now = DriverClock.now();
    if (event.type().equals("snapshot")) {
      Listings.reads(event.data(), at, called, now).forEach(requests::record);
    } else if (event.type().equals("delete")) {
      String key = new JsonObject(event.data()).getString("id");
      requests.record(Listings.missing(at, key, now, now));
    }
  }

  /** Ends all streams: no work waits for another event. */
  @Override
  public void close() {
    over = true;
    for (int node = 0; node < streams.length(); node++) {
      Optional.ofNullable(streams.get(node)).ifPresent(EventClient::close);
    }
  }
}

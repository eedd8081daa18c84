package io.hera.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A client of a {@link SimCluster}, with one registration and one view of a service. It checks each
 * snapshot: an instance that lives, and was shown, must not be missing.
 */
final class SimClient {
  static final String SERVICE = "orders";

  final String id;
  final DefaultClient client;
  final Registration registration;
  final ServiceView view;
  private final VirtualTime time;
  private final Set<String> living;
  private final Set<String> shown = new HashSet<>();
  /** Snapshots that lacked a living instance; a listener cannot throw. */
  final List<String> drops = new ArrayList<>();

  private final Deque<Long> requests = new ArrayDeque<>();

  /** Creates it; {@code living} has the ids of all clients that are not closed. */
  SimClient(SimCluster cluster, HeraSettings settings, int number, Set<String> living) {
    this.id = "i" + number;
    this.time = cluster.time;
    this.living = living;
    VirtualLoop loop = time.loop();
    Machinery machinery = new Machinery(
        loop,
        cluster.line(ask -> requests.add(time.nanos())),
        loop,
        new Random(number),
        host -> CompletableFuture.failedFuture(new Exception()));
    client = DefaultClient.begun(settings, machinery);
    living.add(id);
    registration =
        client.register(Offer.of(SERVICE, id, Document.of("{\"host\":\"10.1.0.1\",\"port\":80}")));
    view = client.watch(SERVICE);
    view.onChange(this::check);
  }

  private void check(Snapshot snapshot) {
    Set<String> now = new HashSet<>();
    snapshot.instances().forEach(instance -> now.add(instance.id()));
    shown.retainAll(living);
    if (!now.containsAll(shown)) {
      shown.removeAll(now);
      drops.add(id + " lacks " + shown + ", by " + snapshot.node() + ", " + snapshot.freshness());
    }
    shown.addAll(now);
  }

  /** Closes it: its registration does not live any more. */
  void close() {
    living.remove(id);
    After.of(client.farewell(), (done, failure) -> client.end());
  }

  /** Returns the most requests within any time of this length, since a moment. */
  int mostWithin(Duration length, long since) {
    int most = 0;
    Deque<Long> window = new ArrayDeque<>();
    for (long at : requests) {
      if (at >= since) {
        window.add(at);
        while (at - window.element() >= length.toNanos()) {
          window.remove();
        }
        most = Math.max(most, window.size());
      }
    }
    return most;
  }
}

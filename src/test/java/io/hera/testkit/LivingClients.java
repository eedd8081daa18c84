package io.hera.testkit;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that renew instances of one service every half a second, each at another
 * node when its node does not answer, and watchers at all nodes that look for instances which are
 * gone before their ttl is over.
 */
public final class LivingClients implements AutoCloseable {
  /** Time for which an instance has to be shown after its last renewal. */
  public static final Duration TTL = Duration.ofSeconds(40);

  private static final long PAUSE_NANOS = Duration.ofMillis(500).toNanos();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

  private final String service;
  private final List<Integer> ports;
  private final Map<String, Long> renewedNanos = new ConcurrentHashMap<>();
  private final Queue<String> early = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean ended;

  /** Starts one client and one watcher per node; {@code ports} are those of the nodes. */
  public LivingClients(String service, List<Integer> ports) {
    this.service = service;
    this.ports = ports;
    for (int i = 0; i < ports.size(); i++) {
      int node = i;
      start(() -> renew(node));
      start(() -> watch(ports.get(node)));
    }
  }

  /** Returns {@code {"0":{"n":0},…}}: what every node has to show of the service. */
  public String listing() {
    JsonObject listing = new JsonObject();
    for (int i = 0; i < ports.size(); i++) {
      listing.put(Integer.toString(i), new JsonObject().put("n", i));
    }
    return listing.encode();
  }

  /** Returns the instances that were gone early, with the node that said so. */
  public List<String> early() {
    return List.copyOf(early);
  }

  private void start(Runnable work) {
    Thread thread = new Thread(work, "client");
    thread.setDaemon(true);
    thread.start();
    threads.add(thread);
  }

  private void renew(int client) {
    int node = client;
    while (!ended) {
      long startedNanos = System.nanoTime();
      if (put(ports.get(node), client)) {
        renewedNanos.put(Integer.toString(client), startedNanos);
        LockSupport.parkNanos(PAUSE_NANOS);
      } else {
        node = (node + 1) % ports.size();
        LockSupport.parkNanos(PAUSE_NANOS / 10);
      }
    }
  }

  private boolean put(int port, int client) {
    URI target = URI.create(
        "http://127.0.0.1:%d/%s/%d?ttl=%d".formatted(port, service, client, TTL.toSeconds()));
    HttpRequest request = HttpRequest.newBuilder(target)
        .timeout(Duration.ofSeconds(2))
        .PUT(BodyPublishers.ofString("{\"n\":" + client + "}"))
        .build();
    try {
      return CLIENT.send(request, BodyHandlers.discarding()).statusCode() == 204;
    } catch (IOException down) {
      return false;
    } catch (InterruptedException end) {
      return false;
    }
  }

  /** Follows the service at one node, and follows it again when the stream has ended. */
  private void watch(int port) {
    while (!ended) {
      try (EventClient stream = new EventClient(port, "/" + service, "")) {
        if (stream.response().statusCode() == 200) {
          stream.poll(); // the snapshot
          follow(port, stream);
        }
      } catch (RuntimeException down) {
        // It is restarting.
      }
      LockSupport.parkNanos(PAUSE_NANOS / 10);
    }
  }

  private void follow(int port, EventClient stream) {
    for (var event = stream.poll(); event.isPresent(); event = stream.poll()) {
      if (event.get().type().equals("delete")) {
        deleted(port, event.get().json().getString("id"));
      }
    }
  }

  private void deleted(int port, String id) {
    long aliveNanos = System.nanoTime() - renewedNanos.getOrDefault(id, 0L);
    if (!ended && aliveNanos < TTL.toNanos()) {
      early.add(
          "%s at port %d, %d ms after its renewal".formatted(id, port, aliveNanos / 1_000_000));
    }
  }

  @Override
  public void close() {
    ended = true;
    threads.forEach(Thread::interrupt);
  }
}

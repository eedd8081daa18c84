package io.hera.torture;

import io.hera.torture.Event.At;
import io.hera.torture.Event.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** The clients: owners and readers, one thread each, and the history of their requests. */
final class Clients implements AutoCloseable {
  private static final int OWNERS = 12;
  private static final int READERS = 4;
  private static final long START = System.nanoTime();

  private final World world;
  private final long seed;
  private final Queue<Event> history = new ConcurrentLinkedQueue<>();
  private final ReentrantReadWriteLock quiet = new ReentrantReadWriteLock(true);
  private final List<Thread> threads = new ArrayList<>();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private volatile boolean over;

  Clients(World world, long seed) {
    this.world = world;
    this.seed = seed;
  }

  /** Returns the time of the driver's clock, in milliseconds. */
  static long now() {
    return (System.nanoTime() - START) / 1_000_000;
  }

  /** Returns the ttl of a key: odd keys choose 8 s, the others have the liveness of the nodes. */
  static long ttl(String key) {
    return Integer.parseInt(key.substring(1)) % 2 == 1 ? 8_000 : 20_000;
  }

  static List<String> keys() {
    List<String> keys = new ArrayList<>();
    for (int owner = 0; owner < OWNERS; owner++) {
      keys.add("k" + owner);
    }
    return keys;
  }

  void start() {
    for (int i = 0; i < OWNERS + READERS; i++) {
      int number = i;
      threads.add(new Thread(() -> live(number), "client-" + i));
    }
    threads.forEach(Thread::start);
  }

  /** Runs {@code work} while no client has a request under way. */
  void quiesced(Runnable work) {
    quiet.writeLock().lock();
    try {
      work.run();
    } finally {
      quiet.writeLock().unlock();
    }
  }

  List<Event> history() {
    return List.copyOf(history);
  }

  private void live(int number) {
    Random random = new Random(seed * 31 + number);
    int home = number % world.nodes();
    for (int n = 1; !over; n++) {
      quiet.readLock().lock();
      try {
        home = random.nextInt(10) == 0 ? random.nextInt(world.nodes()) : home;
        if (number < OWNERS) {
          own("k" + number, home, n, random);
        } else {
          read("k" + random.nextInt(OWNERS), random.nextInt(world.nodes()));
        }
      } finally {
        quiet.readLock().unlock();
      }
      LockSupport.parkNanos((number < OWNERS ? 150 : 40) * 1_000_000L);
    }
  }

  private void own(String key, int node, int n, Random random) {
    int dice = random.nextInt(20);
    if (dice == 0) {
      ask(Kind.DELETE, node, key, "");
    } else if (dice < 10) {
      ask(Kind.PUT, node, key, "{\"key\":\"%s\",\"n\":%d}".formatted(key, n));
    }
    read(key, node);
  }

  private void read(String key, int node) {
    ask(Kind.GET, node, key, "");
  }

  /**
   * Sends a request and records it. An answer that came while the node was killed may be of either
   * life, and is recorded as no answer.
   */
  private void ask(Kind kind, int node, String key, String body) {
    At at = world.at(node);
    long called = now();
    int status = 0;
    String read = body;
    try {
      HttpResponse<String> answer = send(kind, node, key, body);
      status = world.at(node).equals(at) ? answer.statusCode() : 0;
      read = kind == Kind.GET ? answer.body() : body;
    } catch (IOException lost) {
      status = 0;
    }
    history.add(new Event(kind, at, key, status, read, called, now()));
  }

  private HttpResponse<String> send(Kind kind, int node, String key, String body)
      throws IOException {
    String ttl = kind == Kind.PUT && ttl(key) == 8_000 ? "?ttl=8s" : "";
    HttpRequest request = HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + world.port(node) + "/s/" + key + ttl))
        .timeout(Duration.ofSeconds(2))
        .method(
            kind.name(), body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
        .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** Returns the listing of the service at a node. */
  String all(int node) {
    try {
      HttpRequest request = HttpRequest.newBuilder(
              URI.create("http://127.0.0.1:" + world.port(node) + "/s"))
          .timeout(Duration.ofSeconds(2))
          .build();
      return http.send(request, BodyHandlers.ofString()).body();
    } catch (IOException lost) {
      return "no answer from " + node;
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    over = true;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
    }
  }
}

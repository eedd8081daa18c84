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
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Sends the requests of all clients, and records them. */
final class Requests {
  private final World world;
  private final Queue<Event> history = new ConcurrentLinkedQueue<>();
  private final HttpClient http;

  Requests(World world) {
    this.world = world;
    this.http = world
        .protection()
        .map(Protection::client)
        .orElseGet(
            () -> HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
  }

  /** Returns the requests so far. */
  List<Event> history() {
    return List.copyOf(history);
  }

  void record(Event event) {
    history.add(event);
  }

  /**
   * Sends a request for a key and records it. An answer that comes after the process was replaced may
   * be of either, and is recorded as no answer.
   *
   * @return the status, 0 without an answer
   */
  int ask(Kind kind, int node, String key, String body) {
    At at = world.at(node);
    long called = DriverClock.now();
    int status = 0;
    String read = body;
    try {
      HttpResponse<String> answer = send(kind, node, path(kind, key), body);
      status = world.at(node).equals(at) ? answer.statusCode() : 0;
      read = kind == Kind.GET ? answer.body() : body;
    } catch (IOException lost) {
      status = 0;
    }
    record(new Event(kind, at, key, status, read, called, DriverClock.now()));
    return status;
  }

  private static String path(Kind kind, String key) {
    String ttl = kind == Kind.PUT && Keys.ttl(key) == 8_000 ? "?ttl=8s" : "";
    return "/" + Keys.service(key) + "/" + key + ttl;
  }

  /** Returns the listing of a service at a node, or whatever else it answers. */
  String listing(int node, String service) {
    try {
      return send(Kind.GET, node, "/" + service, "").body();
    } catch (IOException lost) {
      return "no answer from " + node;
    }
  }

  /** Reads the service of all living instances, and records it as one read of each. */
  void readLiving(int node) {
    At at = world.at(node);
    long called = DriverClock.now();
    try {
      HttpResponse<String> answer = send(Kind.GET, node, "/live", "");
      if (answer.statusCode() == 200 && world.at(node).equals(at)) {
        Listings.reads(answer.body(), at, called, DriverClock.now()).forEach(this::record);
      }
    } catch (IOException lost) {
      // Another node may be asked.
    }
  }

  private HttpResponse<String> send(Kind kind, int node, String path, String body)
      throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(world.url(node) + path))
        .timeout(Duration.ofSeconds(2))
        .method(
            kind.name(), body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (world.protection().isPresent()) {
      request.header("Authorization", "Bearer " + Protection.TOKEN);
    }
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}

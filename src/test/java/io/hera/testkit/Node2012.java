package io.hera.testkit;

import io.hera.sim.OldLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.LongSupplier;

/** A stand-in for a node of 2012: an {@link OldLog} served over HTTP. */
public final class Node2012 {
  private static final long LIVENESS_MILLIS = 300_000;

  private final String name;
  private final LongSupplier wall;
  private final OldLog log;
  private final Map<String, Integer> ports = new LinkedHashMap<>();
  private final HttpClient client;
  private final HttpServer server;
  private int turn;
  private Runnable endRounds = () -> {};

  private Node2012(Vertx vertx, String name, OldLog log, LongSupplier wall) {
    this.name = name;
    this.log = log;
    this.wall = wall;
    this.client = vertx.createHttpClient();
    this.server = vertx.createHttpServer().requestHandler(this::handle);
  }

  /**
   * Starts a node at {@code port} that gossips every {@code intervalMillis} with the peers, name →
   * port on loopback.
   */
  public static Future<Node2012> start(
      Vertx vertx, String name, int port, Map<String, Integer> peers, long intervalMillis) {
    Map<String, Integer> ports = new LinkedHashMap<>(peers);
    ports.put(name, port);
    OldLog log = new OldLog(ports.keySet(), LIVENESS_MILLIS);
    Node2012 node = new Node2012(vertx, name, log, System::currentTimeMillis);
    node.ports.putAll(ports);
    long rounds = vertx.setPeriodic(intervalMillis, timer -> node.gossip());
    node.endRounds = () -> vertx.cancelTimer(rounds);
    return node.server.listen(port, "127.0.0.1").map(node);
  }

  public Future<Void> stop() {
    endRounds.run();
    return server.close().compose(closed -> client.close());
  }

  private void handle(HttpServerRequest request) {
    if (request.path().equals("/_deltas")) {
      html(request, deltas(request));
    } else if (request.method().equals(HttpMethod.PUT)) {
      request.body().onSuccess(body -> put(request, body));
    } else {
      html(request, OldLog.python(log.lookup(request.path().substring(1), wall.getAsLong())));
    }
  }

  private void put(HttpServerRequest request, Buffer body) {
    int slash = request.path().lastIndexOf('/');
    String service = request.path().substring(1, slash);
    String id = request.path().substring(slash + 1);
    log.put(name, service, id, Json.decodeValue(body), wall.getAsLong());
    html(request, "");
  }

  private String deltas(HttpServerRequest request) {
    Map<String, Long> digest = new LinkedHashMap<>();
    request.params().forEach((origin, seen) -> {
      if (ports.containsKey(origin)) {
        digest.put(origin, Long.parseLong(seen));
      }
    });
    return log.answer(digest, wall.getAsLong());
  }

  /** Asks the next peer for all origins, its own name and the own name included. */
  private void gossip() {
    List<String> peers =
        ports.keySet().stream().filter(peer -> !peer.equals(name)).toList();
    String peer = peers.get(turn++ % peers.size());
    StringJoiner query = new StringJoiner("&", "/_deltas?", "");
    log.digest().forEach((origin, seen) -> query.add(origin + "=" + seen));
    client
        .request(HttpMethod.GET, ports.get(peer), "127.0.0.1", query.toString())
        .compose(request -> request.send())
        .compose(HttpClientResponse::body)
        .onSuccess(body -> log.merge(body.getBytes()))
        .onFailure(failure -> {});
  }

  private static void html(HttpServerRequest request, String text) {
    request.response().putHeader("Content-Type", "text/html").end(text);
  }
}

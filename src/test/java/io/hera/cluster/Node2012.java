package io.hera.cluster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * A double of a node of the 2012 project, written from the facts that the replication protocol states about it: a log of every
 * PUT per origin, answered newest first, strict filters, expiry by the wall clock, deltas of exactly four elements.
 */
final class Node2012 {
  private static final long LIVENESS_MILLIS = 300_000;

  /** One line of an origin's log. */
  private record Line(String service, String id, Object body, long ts) {}

  private final String name;
  private final LongSupplier wall;
  private final Map<String, List<Line>> logs = new TreeMap<>();
  private final Map<String, Integer> ports = new LinkedHashMap<>();
  private final HttpClient client;
  private final HttpServer server;
  private int turn;

  private Node2012(Vertx vertx, String name, LongSupplier wall) {
    this.name = name;
    this.wall = wall;
    this.client = vertx.createHttpClient();
    this.server = vertx.createHttpServer().requestHandler(this::handle);
  }

  /** Starts a node at {@code port} that gossips every {@code intervalMillis} with the peers, name → port on loopback. */
  static Future<Node2012> start(
      Vertx vertx, String name, int port, Map<String, Integer> peers, long intervalMillis) {
    Node2012 node = new Node2012(vertx, name, System::currentTimeMillis);
    node.ports.putAll(peers);
    node.ports.put(name, port);
    node.ports.keySet().forEach(origin -> node.logs.put(origin, new ArrayList<>()));
    vertx.setPeriodic(intervalMillis, timer -> node.gossip());
    return node.server.listen(port, "127.0.0.1").map(node);
  }

  Future<Void> stop() {
    return server.close().compose(closed -> client.close());
  }

  private void handle(HttpServerRequest request) {
    if (request.path().equals("/_deltas")) {
      html(request, deltas(request));
    } else if (request.method().equals(HttpMethod.PUT)) {
      request.body().onSuccess(body -> put(request, body));
    } else {
      html(request, python(lookup(request.path().substring(1))));
    }
  }

  private void put(HttpServerRequest request, Buffer body) {
    int slash = request.path().lastIndexOf('/');
    String service = request.path().substring(1, slash);
    String id = request.path().substring(slash + 1);
    logs(name).add(new Line(service, id, Json.decodeValue(body), wall.getAsLong()));
    html(request, "");
  }

  private JsonObject lookup(String service) {
    Map<String, Line> newest = new TreeMap<>();
    expire();
    logs.values()
        .forEach(log -> log.stream()
            .filter(line -> line.service().equals(service))
            .forEach(line -> newest.merge(line.id(), line, (a, b) -> b.ts() >= a.ts() ? b : a)));
    JsonObject found = new JsonObject();
    newest.forEach((id, line) -> found.put(id, line.body()));
    return found;
  }

  private String deltas(HttpServerRequest request) {
    expire();
    StringJoiner parts = new StringJoiner(", ", "{", "}");
    request.params().forEach((origin, seen) -> {
      if (ports.containsKey(origin)) {
        StringJoiner lines = new StringJoiner(", ", "[", "]");
        List<Line> log = logs(origin);
        for (int i = log.size() - 1; i >= 0; i--) {
          Line line = log.get(i);
          if (line.ts() > Long.parseLong(seen)) {
            lines.add(python(new JsonArray()
                .add(line.service())
                .add(line.id())
                .add(line.body())
                .add(line.ts())));
          }
        }
        parts.add(Json.encode(origin) + ": " + lines);
      }
    });
    return parts.toString();
  }

  /** Asks the next peer for everything that it may know, its own name and ours among it. */
  private void gossip() {
    List<String> peers =
        ports.keySet().stream().filter(peer -> !peer.equals(name)).toList();
    String peer = peers.get(turn++ % peers.size());
    StringJoiner query = new StringJoiner("&", "/_deltas?", "");
    ports.keySet().forEach(origin -> query.add(origin + "=" + lastSeen(origin)));
    client
        .request(HttpMethod.GET, ports.get(peer), "127.0.0.1", query.toString())
        .compose(request -> request.send())
        .compose(HttpClientResponse::body)
        .onSuccess(body -> merge(body.toJsonObject()))
        .onFailure(failure -> {});
  }

  private long lastSeen(String origin) {
    return logs(origin).stream().mapToLong(Line::ts).max().orElse(0);
  }

  private void merge(JsonObject answer) {
    for (String origin : answer.fieldNames()) {
      long seen = lastSeen(origin);
      for (Object element : answer.getJsonArray(origin)) {
        JsonArray delta = (JsonArray) element;
        if (delta.size() != 4) {
          return;
        }
        if (delta.getLong(3) > seen) {
          logs(origin)
              .add(new Line(
                  delta.getString(0), delta.getString(1), delta.getValue(2), delta.getLong(3)));
        }
      }
    }
  }

  private void expire() {
    long oldest = wall.getAsLong() - LIVENESS_MILLIS;
    logs.values().forEach(log -> log.removeIf(line -> line.ts() < oldest));
  }

  private List<Line> logs(String origin) {
    return logs.computeIfAbsent(origin, any -> new ArrayList<>());
  }

  private static void html(HttpServerRequest request, String text) {
    request.response().putHeader("Content-Type", "text/html").end(text);
  }

  /** As Python's json.dumps writes it. */
  private static String python(Object value) {
    if (value instanceof JsonObject object) {
      StringJoiner members = new StringJoiner(", ", "{", "}");
      object.forEach(
          member -> members.add(Json.encode(member.getKey()) + ": " + python(member.getValue())));
      return members.toString();
    }
    if (value instanceof JsonArray array) {
      StringJoiner elements = new StringJoiner(", ", "[", "]");
      array.forEach(element -> elements.add(python(element)));
      return elements.toString();
    }
    return Json.encode(value);
  }
}

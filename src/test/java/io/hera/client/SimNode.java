package io.hera.client;

import io.hera.json.JsonFields;
import io.hera.json.LooseCursor;
import io.hera.json.Malformed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * A node in virtual time: it takes heartbeats, answers reads and long polls, and passes each write to
 * the nodes it reaches. Its listings are kept until they change, so that thousands may read them.
 */
final class SimNode {
  /** How the node is. */
  enum State {
    UP,
    /** Connections are refused, and open ones have ended. */
    DOWN,
    /** Requests get no answer. */
    HOLE,
    /** Requests are answered 5 s late. */
    SLOW
  }

  /** A registration; it lives until the deadline. */
  record Entry(String document, long ttlNanos, long deadline) {}

  private record Waiter(String service, String tag, CompletableFuture<Answer> answer) {}

  private record Listed(String body, String tag) {}

  final String url;
  final Map<String, TreeMap<String, Entry>> services = new TreeMap<>();
  private final SimCluster cluster;
  private final Map<String, Set<Waiter>> waiters = new TreeMap<>();
  private final Map<String, Listed> listings = new TreeMap<>();
  private State state = State.UP;
  private boolean alone;
  private long upSince;

  SimNode(SimCluster cluster, String url) {
    this.cluster = cluster;
    this.url = url;
    this.upSince = cluster.time.nanos() - Duration.ofMinutes(10).toNanos();
  }

  State state() {
    return state;
  }

  boolean reaches(SimNode other) {
    return other == this || (isServing() && other.isServing() && !alone && !other.alone);
  }

  private boolean isServing() {
    return state == State.UP || state == State.SLOW;
  }

  /** Makes it another state; a node that goes down forgets all, and one that comes up asks a peer. */
  void become(State next) {
    if (state == State.DOWN && next != State.DOWN) {
      upSince = cluster.time.nanos();
      state = next;
      cluster.nodes.stream()
          .filter(peer -> peer != this && reaches(peer))
          .findFirst()
          .ifPresent(peer ->
              peer.services.forEach((service, ids) -> services.put(service, new TreeMap<>(ids))));
    }
    state = next;
    if (next == State.DOWN) {
      services.clear();
      listings.clear();
      List<Waiter> lost = waiters.values().stream().flatMap(Set::stream).toList();
      waiters.clear();
      lost.forEach(one -> fail(one.answer(), Unanswered.Sent.PERHAPS));
    }
  }

  /** Cuts it off from its peers, not from clients. */
  void isolate() {
    alone = true;
  }

  void rejoin() {
    alone = false;
  }

  private static void fail(CompletableFuture<Answer> answer, Unanswered.Sent sent) {
    answer.completeExceptionally(new Unanswered("the node is down", sent));
  }

  void handle(Ask ask, CompletableFuture<Answer> answer) {
    switch (state) {
      case DOWN -> fail(answer, Unanswered.Sent.NOTHING);
      case HOLE -> {}
      case SLOW -> cluster.time.after(Duration.ofSeconds(5), () -> serve(ask, answer));
      case UP -> serve(ask, answer);
    }
  }

  private void serve(Ask ask, CompletableFuture<Answer> answer) {
    if (!isServing()) {
      return;
    }
    String[] target = ask.target().split("\\?", 2);
    String query = target.length > 1 ? target[1] : "";
    String[] path = target[0].substring(1).split("/", 2);
    switch (ask.method()) {
      case "PUT" -> reply(answer, put(path[0], path[1], ask, query));
      case "DELETE" -> {
        cluster.delete(this, path[0], path[1]);
        reply(answer, answer(204, ""));
      }
      case "POST" -> reply(answer, post(target[0], ask));
      default -> get(path[0], ask, query, answer);
    }
  }

  private Answer put(String service, String id, Ask ask, String query) {
    Entry known = ids(service).get(id);
    if (ask.body().length == 0 && (known == null || isOver(known))) {
      return answer(404, "");
    }
    String document =
        ask.body().length == 0 ? known.document() : new String(ask.body(), StandardCharsets.UTF_8);
    long ttl = query.isEmpty()
        ? known.ttlNanos()
        : Duration.ofMillis(Long.parseLong(query.replaceAll("[^0-9]", ""))).toNanos();
    cluster.write(this, service, id, new Entry(document, ttl, cluster.time.nanos() + ttl));
    return answer(204, "");
  }

  private Answer post(String path, Ask ask) {
    try {
      return path.equals("/_heartbeat") ? heartbeat(ask.body()) : batch(ask.body());
    } catch (Malformed flaw) {
      return answer(400, "");
    }
  }

  private Answer heartbeat(byte[] body) throws Malformed {
    StringBuilder unknown = new StringBuilder();
    LooseCursor service = LooseCursor.members(body);
    while (service.next()) {
      String name = service.name().orElseThrow();
      StringBuilder of = new StringBuilder();
      LooseCursor id = LooseCursor.elements(service.value());
      while (id.next()) {
        Entry known = ids(name).get(id.text().orElseThrow());
        if (known == null || isOver(known)) {
          of.append(of.isEmpty() ? "" : ",")
              .append('"')
              .append(id.text().orElseThrow())
              .append('"');
        } else {
          long end = cluster.time.nanos() + known.ttlNanos();
          cluster.write(
              this,
              name,
              id.text().orElseThrow(),
              new Entry(known.document(), known.ttlNanos(), end));
        }
      }
      if (!of.isEmpty()) {
        unknown.append(unknown.isEmpty() ? "" : ",").append("\"%s\":[%s]".formatted(name, of));
      }
    }
    return answer(200, "{\"unknown\":{" + unknown + "}}");
  }

  private Answer batch(byte[] body) throws Malformed {
    for (String line : new String(body, StandardCharsets.UTF_8).split("\n", -1)) {
      if (line.isEmpty()) {
        continue;
      }
      JsonFields item = JsonFields.parse(line.getBytes(StandardCharsets.UTF_8));
      long ttl =
          Duration.ofMillis(Long.parseLong(item.text("ttl").replace("ms", ""))).toNanos();
      String document = line.substring(line.indexOf("\"document\":") + 11, line.length() - 1);
      cluster.write(
          this,
          item.text("service"),
          item.text("id"),
          new Entry(document, ttl, cluster.time.nanos() + ttl));
    }
    return answer(200, "{\"errors\":{}}");
  }

  private void get(String service, Ask ask, String query, CompletableFuture<Answer> answer) {
    if (service.equals("_health")) {
      reply(answer, answer(200, "{}"));
      return;
    }
    Listed listed = listing(service);
    boolean same = listed.tag().equals(ask.headers().get("if-none-match"));
    if (!same) {
      reply(answer, listed(listed));
    } else if (query.startsWith("wait=")) {
      Waiter waiter = new Waiter(service, listed.tag(), answer);
      waiters.computeIfAbsent(service, any -> new LinkedHashSet<>()).add(waiter);
      long millis = Long.parseLong(query.replaceAll("[^0-9]", ""));
      cluster.time.after(Duration.ofMillis(millis), () -> {
        if (waiters.containsKey(service) && waiters.get(service).remove(waiter)) {
          reply(answer, tagged(304, "", listed.tag()));
        }
      });
    } else {
      reply(answer, tagged(304, "", listed.tag()));
    }
  }

  /** The service has changed: those that wait for it are answered. */
  void changed(String service) {
    listings.remove(service);
    Set<Waiter> waiting = waiters.getOrDefault(service, Set.of());
    if (isServing() && !waiting.isEmpty()) {
      Listed now = listing(service);
      List<Waiter> ready =
          waiting.stream().filter(one -> !one.tag().equals(now.tag())).toList();
      ready.forEach(waiting::remove);
      ready.forEach(one -> reply(one.answer(), listed(now)));
    }
  }

  private Listed listing(String service) {
    return listings.computeIfAbsent(service, any -> {
      StringBuilder body = new StringBuilder("{");
      ids(service).forEach((id, entry) -> {
        if (!isOver(entry)) {
          body.append(body.length() > 1 ? "," : "").append('"').append(id).append("\":");
          body.append(entry.document());
        }
      });
      String json = body.append('}').toString();
      return new Listed(json, "W/\"" + Integer.toHexString(json.hashCode()) + "\"");
    });
  }

  boolean isOver(Entry entry) {
    return entry.deadline() <= cluster.time.nanos();
  }

  Map<String, Entry> ids(String service) {
    return services.computeIfAbsent(service, any -> new TreeMap<>());
  }

  int waiting() {
    return waiters.values().stream().mapToInt(Set::size).sum();
  }

  private void reply(CompletableFuture<Answer> answer, Answer with) {
    cluster.sent(with);
    cluster.time.after(SimCluster.LATENCY, () -> answer.complete(with));
  }

  private Answer listed(Listed listed) {
    return tagged(200, listed.body(), listed.tag());
  }

  private Answer tagged(int status, String body, String tag) {
    long uptime = Duration.ofNanos(cluster.time.nanos() - upSince).toSeconds();
    return new Answer(
        status,
        Map.of("hera-node", url, "etag", tag, "hera-uptime", Long.toString(uptime)),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private Answer answer(int status, String body) {
    return new Answer(status, Map.of("hera-node", url), body.getBytes(StandardCharsets.UTF_8));
  }
}

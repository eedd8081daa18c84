package io.hera.client;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A cluster of {@link SimNode}s in virtual time, the network to it, and counts of what it carries. */
final class SimCluster {
  static final Duration LATENCY = Duration.ofMillis(1);

  static {
    QuietLog.begin();
  }

  /** Bytes of the headers of an answer, about. */
  private static final int HEADER_BYTES = 250;

  final VirtualTime time = new VirtualTime();
  final List<SimNode> nodes = new ArrayList<>();
  private final Map<URI, SimNode> nodesByUrl = new HashMap<>();
  private final Map<Long, Integer> requestsPerSecond = new TreeMap<>();
  private long bytes;

  SimCluster(int size) {
    IntStream.range(0, size)
        .forEach(i -> nodes.add(new SimNode(this, "http://10.0.0." + (i + 1) + ":80")));
    nodes.forEach(node -> nodesByUrl.put(URI.create(node.url), node));
  }

  SimNode node(int number) {
    return nodes.get(number);
  }

  /** Returns the URLs of all nodes, of one rank. */
  String urls() {
    return String.join(",", nodes.stream().map(node -> node.url).toList());
  }

  /** Returns the line of a client to the cluster; it reports each request. */
  Transport line(Consumer<Ask> report) {
    return new Transport() {
      @Override
      public CompletableFuture<Answer> send(Ask ask) {
        report.accept(ask);
        requestsPerSecond.merge(second(), 1, Integer::sum);
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        SimNode node = nodesByUrl.get(ask.node());
        time.after(LATENCY, () -> node.handle(ask, answer));
        return answer;
      }

      @Override
      public void close() {}
    };
  }

  private long second() {
    return time.nanos() / 1_000_000_000;
  }

  void write(SimNode at, String service, String id, SimNode.Entry entry) {
    for (SimNode node : nodes) {
      if (at.reaches(node)) {
        SimNode.Entry before = node.ids(service).put(id, entry);
        boolean same =
            before != null && !node.isOver(before) && before.document().equals(entry.document());
        if (!same) {
          node.changed(service);
        }
        time.after(Duration.ofNanos(entry.ttlNanos()), () -> {
          if (entry.equals(node.ids(service).get(id))) {
            node.ids(service).remove(id);
            node.changed(service);
          }
        });
      }
    }
  }

  void delete(SimNode at, String service, String id) {
    for (SimNode node : nodes) {
      if (at.reaches(node) && node.ids(service).remove(id) != null) {
        node.changed(service);
      }
    }
  }

  void sent(Answer answer) {
    bytes += HEADER_BYTES + answer.transferred();
  }

  /** Begins to count anew. */
  void resetCounts() {
    requestsPerSecond.clear();
    bytes = 0;
  }

  /** Returns the most requests in one second, from so many seconds after the first count on. */
  int peak(int fromSecond) {
    long first = requestsPerSecond.keySet().stream().findFirst().orElse(0L);
    return requestsPerSecond.entrySet().stream()
        .filter(entry -> entry.getKey() >= first + fromSecond)
        .mapToInt(Map.Entry::getValue)
        .max()
        .orElse(0);
  }

  long bytes() {
    return bytes;
  }
}

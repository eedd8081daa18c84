package io.hera.bench;

import io.hera.testkit.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The measurement of how the costs of a cluster grow with its instances and its nodes. */
final class Growth {
  private static final List<Integer> NODES = List.of(1, 3, 5);
  private static final int CONNECTIONS = 64;
  private static final int PER_SECOND = 2_000;
  /** Heartbeats until the measured code is compiled. */
  private static final long WARM_UP = 300_000;

  private static final long SETTLING_NANOS = TimeUnit.MINUTES.toNanos(2);

  private final List<Long> sizes;
  private final int seconds;

  Growth(boolean quick) {
    this.sizes = quick ? List.of(1_000L, 10_000L) : List.of(1_000L, 10_000L, 100_000L, 1_000_000L);
    this.seconds = quick ? 5 : 15;
  }

  /**
   * The costs of one cluster.
   *
   * @param cpuMicros of all nodes together, per heartbeat
   * @param heapBytes live heap of one node
   * @param gossipBytes per heartbeat and peer: bodies of answers as received
   */
  record Point(
      int nodes,
      long instances,
      double cpuMicros,
      long heapBytes,
      long rssMib,
      double gossipBytes) {
    /**
     * Returns the heap per instance, its document included, by comparison with a larger cluster.
     */
    double perInstance(Point larger) {
      return (double) (larger.heapBytes - heapBytes) / Math.max(1, larger.instances - instances);
    }

    String json() {
      return "{\"nodes\":%d,\"instances\":%d,\"cpu_micros\":%.2f,\"heap_bytes\":%d,\"rss_mib\":%d,\"gossip_bytes\":%.1f}"
          .formatted(nodes, instances, cpuMicros, heapBytes, rssMib, gossipBytes);
    }
  }

  void run() throws IOException {
    System.out.printf(
        "%5s %10s %14s %10s %12s %8s %16s%n",
        "nodes",
        "instances",
        "CPU us/put",
        "heap MiB",
        "B/instance",
        "RSS MiB",
        "gossip B/put/sib");
    List<Point> points = new ArrayList<>();
    for (int nodes : NODES) {
      Point first = null;
      for (long size : sizes) {
        List<Subject> started = Subject.nodes(Ports.free(nodes), Subject.Kind.current());
        try {
          Point point = measure(started, size);
          if (size == sizes.get(0)) {
            first = point;
          }
          points.add(point);
          System.out.printf(
              "%5d %,10d %14.1f %10.1f %12.0f %8d %16.1f%n",
              nodes,
              size,
              point.cpuMicros,
              point.heapBytes / 1e6,
              first.perInstance(point),
              point.rssMib,
              point.gossipBytes);
        } finally {
          started.forEach(Subject::close);
        }
      }
    }
    Files.writeString(
        Path.of("target", "growth.json"),
        "[" + String.join(",\n", points.stream().map(Point::json).toList()) + "]\n");
    Path plot = Files.writeString(Path.of("target", "growth.svg"), new GrowthPlot(points).svg());
    System.out.println("results in target/growth.json, plot in " + plot);
  }

  private Point measure(List<Subject> nodes, long size) throws IOException {
    Fleet fleet = new Fleet("grow-", size, Fleet.DOCUMENT_BYTES);
    try (OpenLoop loop =
        new OpenLoop(nodes.stream().map(node -> node.port).toList(), CONNECTIONS, size)) {
      loop.flood(fleet::heartbeat, size);
      settle(nodes, size);
      loop.flood(n -> fleet.heartbeat(n + size), WARM_UP / size * size);
      loop.run(fleet::heartbeat, PER_SECOND, 3L * PER_SECOND); // meanwhile the peers catch up
      Duration cpu = cpu(nodes);
      long bytes = gossipBytes(nodes);
      long count = (long) PER_SECOND * seconds;
      loop.run(n -> fleet.heartbeat(n + (WARM_UP / size + 2) * size), PER_SECOND, count);
      int peers = Math.max(1, nodes.size() - 1);
      return new Point(
          nodes.size(),
          size,
          cpu(nodes).minus(cpu).toNanos() / 1e3 / count,
          nodes.get(0).heapBytes(),
          nodes.get(0).rssMebibytes(),
          (double) (gossipBytes(nodes) - bytes) / count / peers);
    }
  }

  private static void settle(List<Subject> nodes, long size) throws IOException {
    long end = System.nanoTime() + SETTLING_NANOS;
    for (Subject node : nodes) {
      while (node.status().getLong("instances") != size) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException(node.name + " does not reach " + size + " instances");
        }
        Subject.pause();
      }
    }
  }

  private static Duration cpu(List<Subject> nodes) {
    return nodes.stream().map(Subject::cpu).reduce(Duration.ZERO, Duration::plus);
  }

  private static long gossipBytes(List<Subject> nodes) throws IOException {
    long bytes = 0;
    for (Subject node : nodes) {
      var peers = node.status().getJsonObject("peers");
      for (String peer : peers.fieldNames()) {
        bytes += peers.getJsonObject(peer).getLong("bytes_received");
      }
    }
    return bytes;
  }
}

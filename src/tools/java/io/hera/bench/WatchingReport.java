package io.hera.bench;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/**
 * The results of {@link Watching}.
 *
 * @param woken clients that were notified while there were heartbeats only
 * @param crossed times of changes at another node to one client
 * @param troubles reasons why clients lost their connections
 */
record WatchingReport(
    Scene scene,
    Memory before,
    Memory after,
    Renewals.Cost alone,
    Renewals.Cost watched,
    int woken,
    List<Change> changes,
    Histogram crossed,
    List<String> troubles) {
  private static final double MEBIBYTE = 1 << 20;

  /** The numbers of clients, instances and heartbeats. */
  record Scene(int watchers, int instances, int pageBytes, long perSecond) {}

  /** The memory of the node after all garbage was collected. */
  record Memory(long heapBytes, long rssBytes) {}

  /**
   * The times until the clients were notified of one change, and the CPU time of the node for it.
   */
  record Change(Histogram micros, double cpuMillis) {
    JsonObject json() {
      return times(micros).put("cpu_ms", Math.round(cpuMillis));
    }
  }

  /** Whether heartbeats woke no client, and all clients were notified of every change. */
  boolean well() {
    return woken == 0
        && troubles.isEmpty()
        && alone.refused() + watched.refused() == 0
        && changes.stream().allMatch(change -> change.micros.getTotalCount() == scene.watchers)
        && crossed.getTotalCount() == Crossing.CHANGES;
  }

  private double heapPerWatcher() {
    return (double) (after.heapBytes - before.heapBytes) / scene.watchers;
  }

  private double rssPerWatcher() {
    return (double) (after.rssBytes - before.rssBytes) / scene.watchers;
  }

  JsonObject json() {
    return new JsonObject()
        .put("watchers", scene.watchers)
        .put("instances", scene.instances)
        .put("page_bytes", scene.pageBytes)
        .put("heap_bytes_per_watcher", Math.round(heapPerWatcher()))
        .put("rss_bytes_per_watcher", Math.round(rssPerWatcher()))
        .put("heartbeats_per_second", scene.perSecond)
        .put("heartbeats_without_watchers", cost(alone))
        .put("heartbeats_with_watchers", cost(watched))
        .put("woken_by_heartbeats", woken)
        .put("connections_lost", troubles.size())
        .put("changes", changes.stream().map(Change::json).toList())
        .put("change_at_another_node", times(crossed))
        .put("well", well());
  }

  private static JsonObject cost(Renewals.Cost cost) {
    return new JsonObject()
        .put("cores", cost.cores())
        .put("p99_ms", cost.p99Millis())
        .put("refused", cost.refused());
  }

  private static JsonObject times(Histogram micros) {
    return new JsonObject()
        .put("told", micros.getTotalCount())
        .put("p50_ms", millis(micros, 50))
        .put("p99_ms", millis(micros, 99))
        .put("max_ms", millis(micros, 100));
  }

  private static double millis(Histogram micros, double percentile) {
    return micros.getValueAtPercentile(percentile) / 1e3;
  }

  void print() {
    System.out.printf(
        "%n%,d clients watch a service of %,d instances, %,d bytes, with %,d heartbeats per second%n",
        scene.watchers, scene.instances, scene.pageBytes, scene.perSecond);
    System.out.printf("%-32s %10s %10s %14s%n", "the node", "without", "with", "per client");
    memory("live heap, MiB", before.heapBytes, after.heapBytes, heapPerWatcher());
    memory("resident, MiB", before.rssBytes, after.rssBytes, rssPerWatcher());
    row("CPU, % of a core", 100 * alone.cores(), 100 * watched.cores());
    row("heartbeats, p99 ms", alone.p99Millis(), watched.p99Millis());
    System.out.printf(
        "woken by heartbeats: %,d; connections lost: %,d; heartbeats refused: %,d%n",
        woken, troubles.size(), alone.refused() + watched.refused());
    System.out.printf(
        "%n%-32s %10s %10s %10s %10s%n",
        "notified of a change, ms", "p50", "p99", "max", "notified");
    changes.forEach(change -> times("a change, all clients", change.micros, scene.watchers));
    times("at another node, one client", crossed, Crossing.CHANGES);
    System.out.printf(
        "The changes took %s ms of the node's CPU; the first one meets code that is not compiled.%n",
        changes.stream()
            .map(change -> Long.toString(Math.round(change.cpuMillis)))
            .collect(Collectors.joining(", ")));
    troubles.stream().distinct().forEach(trouble -> System.out.println("lost: " + trouble));
    System.out.println(well() ? "success" : "FAILURE");
    System.out.printf(
        "The clients and the three nodes share the %d processors of this machine.%n",
        Runtime.getRuntime().availableProcessors());
  }

  private static void memory(String what, long before, long after, double perWatcher) {
    System.out.printf(
        "%-32s %10.1f %10.1f %,12.0f B%n", what, before / MEBIBYTE, after / MEBIBYTE, perWatcher);
  }

  private static void row(String what, double before, double after) {
    System.out.printf("%-32s %10.1f %10.1f%n", what, before, after);
  }

  private static void times(String what, Histogram micros, int wanted) {
    System.out.printf(
        "%-32s %10.1f %10.1f %10.1f %,d of %,d%n",
        what,
        millis(micros, 50),
        millis(micros, 99),
        millis(micros, 100),
        micros.getTotalCount(),
        wanted);
  }
}

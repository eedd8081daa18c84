package io.hera.bench.steady;

import io.hera.bench.steady.Gauges.Memory;
import io.hera.bench.steady.Stage.Measured;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;

/** The result of one scenario. */
record Report(Scenario scenario, Measured measured, List<Tally> promises) {
  /** The order of the columns below. */
  static final String HEAD = "%-9s %8s %8s %8s %6s %6s  %-16s %-16s %-16s %-14s %s"
      .formatted(
          "scenario",
          "p50 ms",
          "p99 ms",
          "max ms",
          "s",
          "CPU s",
          "RSS MiB",
          "heap MiB",
          "direct MiB",
          "long turns",
          "promises");

  /** Whether everything promised has arrived, and nothing else. */
  boolean well() {
    return measured.failure().isEmpty() && promises.stream().allMatch(Tally::kept);
  }

  /** Returns the report as a line of a table. */
  String line() {
    Gauges.Readings node = measured.node();
    return "%-9s %8.1f %8.1f %8.1f %6.1f %6.1f  %-16s %-16s %-16s %-14s %s"
        .formatted(
            scenario,
            millis(50),
            millis(99),
            millis(100),
            measured.seconds(),
            measured.cpuSeconds(),
            three(node.before().rss(), node.peak().rss(), node.after().rss()),
            three(node.before().heap(), node.peak().heap(), node.after().heap()),
            three(node.before().direct(), node.peak().direct(), node.after().direct()),
            node.turns(),
            kept());
  }

  private static String three(long before, long peak, long after) {
    return before + " " + peak + " " + after;
  }

  private String kept() {
    if (well()) {
      return "kept";
    }
    return "BROKEN: " + measured.failure() + " "
        + promises.stream()
            .filter(promise -> !promise.kept())
            .map(Tally::toString)
            .collect(Collectors.joining(", "));
  }

  private double millis(double percentile) {
    return measured.neighbourMicros().getValueAtPercentile(percentile) / 1e3;
  }

  JsonObject json() {
    Gauges.Readings node = measured.node();
    return new JsonObject()
        .put("scenario", scenario.toString())
        .put("neighbour_p50_ms", millis(50))
        .put("neighbour_p99_ms", millis(99))
        .put("neighbour_max_ms", millis(100))
        .put("seconds", measured.seconds())
        .put("cpu_seconds", measured.cpuSeconds())
        .put("before", json(node.before()))
        .put("peak", json(node.peak()))
        .put("after", json(node.after()))
        .put("turns_above_20_50_100_200_1000_ms", node.turns().toString())
        .put("promises", promises.stream().map(Tally::toString).toList())
        .put("failure", measured.failure())
        .put("well", well());
  }

  private static JsonObject json(Memory memory) {
    return new JsonObject()
        .put("rss_mib", memory.rss())
        .put("heap_mib", memory.heap())
        .put("direct_mib", memory.direct());
  }
}

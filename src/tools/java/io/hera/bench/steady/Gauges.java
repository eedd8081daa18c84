package io.hera.bench.steady;

import io.hera.bench.Subject;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The memory and the long turns of a node, from its metrics, before, during and after something. */
final class Gauges implements AutoCloseable {
  private static final long PERIOD_MILLIS = 500;
  private static final String TURNS = "hera_loop_turn_seconds_";
  private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)(?:\\{(.*)})? ([0-9.Ee+-]+)");

  private final Subject node;
  private final Memory before;
  private final Turns turnsBefore;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private volatile Map<String, Double> last;
  private volatile Memory peak;

  /** Begins to look. */
  Gauges(Subject node) throws IOException {
    this.node = node;
    last = scrape();
    before = memory(last);
    peak = before;
    turnsBefore = Turns.of(last);
    var unusedTimer = timer.scheduleWithFixedDelay(
        this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Memory in MiB. */
  record Memory(long rss, long heap, long direct) {
    Memory max(Memory other) {
      return new Memory(
          Math.max(rss, other.rss), Math.max(heap, other.heap), Math.max(direct, other.direct));
    }
  }

  /**
   * The turns of event loops.
   *
   * @param known whether the node counts them
   */
  record Turns(
      boolean known, long above20, long above50, long above100, long above200, long above1000) {
    static Turns of(Map<String, Double> samples) {
      return new Turns(
          samples.containsKey(TURNS + "count"),
          above(samples, "0.02"),
          above(samples, "0.05"),
          above(samples, "0.1"),
          above(samples, "0.2"),
          above(samples, "1.0"));
    }

    private static long above(Map<String, Double> samples, String seconds) {
      return Math.round(samples.getOrDefault(TURNS + "count", 0.0)
          - samples.getOrDefault(TURNS + "bucket le=" + seconds, 0.0));
    }

    Turns minus(Turns other) {
      return new Turns(
          known,
          above20 - other.above20,
          above50 - other.above50,
          above100 - other.above100,
          above200 - other.above200,
          above1000 - other.above1000);
    }

    @Override
    public String toString() {
      return known
          ? "%d/%d/%d/%d/%d".formatted(above20, above50, above100, above200, above1000)
          : "?";
    }
  }

  /** The memory before, at most, and now; and the turns since the beginning. */
  record Readings(Memory before, Memory peak, Memory after, Turns turns) {}

  /** Returns the last readings that the node has given. */
  Readings readings() throws IOException {
    timer.shutdownNow();
    look();
    Memory after = memory(last);
    return new Readings(before, peak.max(after), after, Turns.of(last).minus(turnsBefore));
  }

  /** Reads once, unless the node does not answer at the moment. */
  private synchronized void look() {
    try {
      last = scrape();
      peak = peak.max(memory(last));
    } catch (IOException | IllegalStateException busy) {
      peak = peak.max(new Memory(rss(), 0, 0));
    }
  }

  private long rss() {
    try {
      return node.rssMebibytes();
    } catch (IOException ended) {
      return 0;
    }
  }

  private Memory memory(Map<String, Double> samples) throws IOException {
    return new Memory(
        node.rssMebibytes(),
        mebibytes(samples, "jvm_memory_used_bytes heap"),
        mebibytes(samples, "jvm_buffer_memory_used_bytes direct"));
  }

  private static long mebibytes(Map<String, Double> samples, String name) {
    return Math.round(samples.getOrDefault(name, 0.0)) >> 20;
  }

  /** Returns the sums of samples, by name, area and bucket. */
  private Map<String, Double> scrape() throws IOException {
    Map<String, Double> sums = new HashMap<>();
    for (String line : node.send("GET", "/_metrics", "").body().lines().toList()) {
      Matcher sample = SAMPLE.matcher(line);
      if (sample.matches()) {
        sums.merge(name(sample), Double.parseDouble(sample.group(3)), Double::sum);
      }
    }
    return sums;
  }

  private static String name(Matcher sample) {
    String name = sample.group(1);
    String labels = sample.group(2) == null ? "" : sample.group(2);
    if (labels.contains("area=\"heap\"")) {
      return name + " heap";
    }
    if (labels.contains("id=\"direct\"")) {
      return name + " direct";
    }
    Matcher bucket = Pattern.compile("le=\"([^\"]+)\"").matcher(labels);
    return bucket.find() ? name + " le=" + bucket.group(1) : name;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}

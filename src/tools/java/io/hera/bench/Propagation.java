package io.hera.bench;

import io.hera.Node;
import io.hera.testkit.Http;
import io.hera.testkit.Line;
import io.hera.testkit.Nodes;
import io.hera.testkit.Ports;
import io.hera.testkit.ProcessCluster;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures how long a registration takes from its 204 at one node until the last of the others
 * shows it. The nodes are processes of the jar, or all in this JVM.
 */
@Command(
    name = "scripts/measure propagation",
    sortOptions = false,
    description = {
      "Starts nodes on loopback and measures the time from the 204 of a registration until all other"
          + " nodes show it.",
      "Exit codes: 0 measured, 1 failed, 2 wrong usage."
    })
public final class Propagation implements Callable<Integer> {
  private static final int POLL_MICROS = 200;

  @Option(names = "-h", usageHelp = true, description = "print this")
  private boolean unusedHelp; // picocli reads it

  @Option(
      names = "--nodes",
      defaultValue = "3",
      description = "how many nodes (default: ${DEFAULT-VALUE})")
  private int nodes;

  @Option(names = "--one-jvm", description = "all nodes in one process")
  private boolean oneJvm;

  @Option(
      names = "--probes",
      defaultValue = "300",
      description = "how many registrations to time (default: ${DEFAULT-VALUE})")
  private int probes;

  @Option(
      names = "--load",
      defaultValue = "0",
      paramLabel = "PER_SECOND",
      description = "other registrations meanwhile (default: ${DEFAULT-VALUE})")
  private long load;

  private final List<Runnable> stops = new ArrayList<>();
  private final ScheduledExecutorService loader = Executors.newSingleThreadScheduledExecutor();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong loaded = new AtomicLong();
  private final List<Line> lines = new ArrayList<>();

  private List<Integer> ports = List.of();

  /** Runs as its usage says; the property {@code hera.jar} names the jar. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Propagation()).execute(arguments));
  }

  @Override
  public Integer call() {
    try {
      if (oneJvm) {
        startHere();
      } else {
        startProcesses();
      }
      load();
      measure();
      return 0;
    } finally {
      stop();
    }
  }

  private void startHere() {
    ports = Ports.free(nodes);
    Nodes here = new Nodes(Duration.ofSeconds(3));
    stops.add(here::close);
    Map<String, Integer> cluster = new TreeMap<>();
    IntStream.range(0, ports.size()).forEach(i -> cluster.put(name(i), ports.get(i)));
    List<Node> started = cluster.keySet().stream()
        .map(name -> here.start(name, cluster, Duration.ofMinutes(5)))
        .toList();
    System.out.println(started.size() + " nodes in this JVM");
  }

  private void startProcesses() {
    List<String> names = IntStream.range(0, nodes).mapToObj(Propagation::name).toList();
    ProcessCluster cluster = new ProcessCluster("", names);
    stops.add(cluster::close);
    ports = List.copyOf(cluster.startAll().ports().values());
    System.out.println(ports.size() + " processes");
  }

  private static String name(int node) {
    return "node-%02d".formatted(node);
  }

  /** An open loop of registrations, at all nodes in turn. */
  private void load() {
    if (load > 0) {
      var unusedTimer = loader.scheduleAtFixedRate(
          () -> {
            long number = sent.incrementAndGet();
            var answer = Http.sendAsync(
                "PUT", port(number), "/load/" + number % 10_000, "{\"n\":" + number + "}");
            var unused = answer.thenAccept(response -> loaded.incrementAndGet());
          },
          0,
          1_000_000_000L / load,
          TimeUnit.NANOSECONDS);
    }
  }

  private void measure() {
    ports.forEach(port -> lines.add(new Line(port)));
    int warmUp = Math.min(100, probes);
    List<Double> millis = new ArrayList<>();
    long begun = System.nanoTime();
    for (int i = -warmUp; i < probes; i++) {
      double took = probe(i + warmUp);
      if (i >= 0) {
        millis.add(took);
      }
      LockSupport.parkNanos(30_000_000L + 7_000_000L * (i & 7));
      if (i % 100 == 0) {
        System.out.printf("%d of %d probes, %d others%n", Math.max(0, i), probes, loaded.get());
      }
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    List<Double> sorted = millis.stream().sorted().toList();
    System.out.printf(
        "204 to visible on all others, ms: median %.1f, p90 %.1f, p99 %.1f, max %.1f (%d probes, %.0f others/s)%n",
        at(sorted, 0.5),
        at(sorted, 0.9),
        at(sorted, 0.99),
        at(sorted, 1),
        probes,
        loaded.get() / seconds);
  }

  private static double at(List<Double> sorted, double share) {
    return sorted.get((int) Math.round(share * (sorted.size() - 1)));
  }

  private double probe(int number) {
    int writer = number % lines.size();
    String target = "/probe/" + number;
    if (status(writer, "PUT", target, "{}") != 204) {
      throw new IllegalStateException("node " + writer + " does not accept " + target);
    }
    long acknowledged = System.nanoTime();
    for (int other = 0; other < lines.size(); other++) {
      while (other != writer && status(other, "GET", target, "") != 200) {
        LockSupport.parkNanos(POLL_MICROS * 1_000L);
      }
    }
    return (System.nanoTime() - acknowledged) / 1e6;
  }

  private int status(int node, String method, String target, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return lines
        .get(node)
        .write(Line.request(method, target, bytes))
        .readAny(method)
        .status();
  }

  private int port(long number) {
    return ports.get((int) (number % ports.size()));
  }

  private void stop() {
    loader.shutdownNow();
    lines.forEach(Line::close);
    stops.forEach(Runnable::run);
  }
}

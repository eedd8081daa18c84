package io.hera.bench;

import io.hera.cluster.HeraProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures a node beside a bare server, workload by workload, in turns within one run: machines differ and are shared, so only
 * what was measured together can be compared. The node has two siblings that replicate all the while.
 */
public final class Bench {
  private static final String USAGE = """
      usage: scripts/bench [-h] [--quick] [--siblings N] [--only WORKLOAD]
      Drives a node and a bare vertx-core server in turns with 64 connections of wrk, and prints for each workload the
      requests per second, the server's CPU time per request, latencies and memory, and the ratio of the two.
      --quick: a minute; --siblings: how many nodes the node gossips with (2); WORKLOAD: HEARTBEAT, REGISTER, LOOKUP_10,
      LOOKUP_100, LOOKUP_1000 or MIXED. The results stay in target/bench.json.
      """;
  private static final List<Integer> SIZES = List.of(10, 100, 1000);

  private final int turns;
  private final int seconds;
  private final String script;
  private final List<Subject> started = new ArrayList<>();
  private int runs;

  private Bench(boolean quick, String script) {
    this.turns = quick ? 2 : 5;
    this.seconds = quick ? 2 : 4;
    this.script = script;
  }

  /** One turn of one subject. */
  private record Sample(Wrk.Result result, double cpuMicros, long rss) {
    double perSecond() {
      return result.requests() / result.seconds();
    }
  }

  /** Runs as {@link #USAGE} says; the property {@code hera.jar} names the jar. */
  public static void main(String[] arguments) throws IOException {
    boolean quick = false;
    int siblings = 2;
    List<Workload> workloads = List.of(Workload.values());
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--quick" -> quick = true;
        case "--siblings" -> siblings = Integer.parseInt(arguments[++i]);
        case "--only" -> workloads = List.of(Workload.valueOf(arguments[++i]));
        default -> {
          System.err.print(USAGE);
          System.exit(arguments[i].equals("-h") ? 0 : 2);
        }
      }
    }
    if (!Wrk.isInstalled()) {
      System.err.println("scripts/bench: no wrk: install it (Debian: apt install wrk)");
      System.exit(2);
    }
    Path script = Files.createTempFile("requests", ".lua");
    try (var lua = Bench.class.getResourceAsStream("/bench/requests.lua")) {
      Files.write(script, lua.readAllBytes());
      new Bench(quick, script.toString()).run(siblings, workloads);
    } finally {
      Files.delete(script);
    }
  }

  private void run(int siblings, List<Workload> workloads) throws IOException {
    Thread hook = new Thread(() -> started.forEach(Subject::close));
    Runtime.getRuntime().addShutdownHook(hook);
    Subject node = nodes(1 + siblings);
    Subject bare = bare();
    for (int size : SIZES) {
      fill(node, bare, size);
    }
    StringBuilder json = new StringBuilder("[");
    System.out.printf(
        "%-20s %-5s %9s %9s %8s %8s %8s %6s %5s%n",
        "workload", "", "req/s", "CPU us", "p50 ms", "p99 ms", "max ms", "MiB", "bad");
    for (Workload workload : workloads) {
      Map<Side, List<Sample>> samples = new EnumMap<>(Side.class);
      for (int turn = -1; turn < turns; turn++) {
        for (Side side : Side.values()) {
          Sample sample = sample(side == Side.HERA ? node : bare, workload);
          if (turn >= 0) { // the first one warms up
            samples.computeIfAbsent(side, any -> new ArrayList<>()).add(sample);
          }
        }
      }
      json.append(json.length() > 1 ? "," : "").append(report(workload, samples));
    }
    Path file = Files.writeString(Path.of("target", "bench.json"), json.append("]\n"));
    System.out.println("results in " + file);
    started.forEach(Subject::close);
    Runtime.getRuntime().removeShutdownHook(hook);
  }

  private enum Side {
    HERA,
    BARE
  }

  private Subject nodes(int count) throws IOException {
    List<Integer> ports = HeraProcess.freePorts(count);
    StringBuilder yaml = new StringBuilder("cluster:\n");
    for (int i = 0; i < count; i++) {
      yaml.append("  n%d: {host: 127.0.0.1, port: %d}%n".formatted(i, ports.get(i)));
    }
    Path file = Files.writeString(Files.createTempFile("bench", ".yml"), yaml);
    for (int i = 0; i < count; i++) {
      started.add(new Subject(
          "n" + i,
          ports.get(i),
          List.of("-jar", System.getProperty("hera.jar"), "-c", file.toString(), "-n", "n" + i)));
    }
    for (Subject subject : started) {
      subject.awaitOk("/_health/ready");
    }
    Files.delete(file);
    return started.get(0);
  }

  private Subject bare() throws IOException {
    int port = HeraProcess.freePort();
    Subject bare = new Subject(
        "bare",
        port,
        List.of(
            "-cp", System.getProperty("java.class.path"), BareServer.class.getName(), "" + port));
    started.add(bare);
    return bare.awaitOk("/");
  }

  private static void fill(Subject node, Subject bare, int size) throws IOException {
    for (int i = 0; i < size; i++) {
      String document =
          "{\"ip\":\"10.1.2.%d\",\"port\":8080,\"zone\":\"eu-1\",\"n\":%d}".formatted(i % 250, i);
      node.send("PUT", "/size-%d/i-%d?ttl=1h".formatted(size, i), document);
    }
    String path = "/size-" + size;
    bare.send("POST", path, node.send("GET", path, "").body());
  }

  private Sample sample(Subject subject, Workload workload) throws IOException {
    long before = subject.cpu().toNanos();
    Wrk.Result result = Wrk.run(script, subject.url(), workload, seconds, ++runs);
    double micros = (subject.cpu().toNanos() - before) / 1e3 / Math.max(1, result.requests());
    return new Sample(result, micros, subject.rssMebibytes());
  }

  private static String report(Workload workload, Map<Side, List<Sample>> samples) {
    List<String> members = new ArrayList<>();
    samples.forEach((side, all) -> {
      Sample mid = median(all);
      long bad = all.stream().mapToLong(sample -> sample.result.bad()).sum();
      double max = all.stream().mapToDouble(sample -> sample.result.max()).max().orElse(0);
      String name = side.name().toLowerCase(Locale.ROOT);
      Object[] figures = {
        name, mid.perSecond(), mid.cpuMicros, mid.result.p50(), mid.result.p99(), max, mid.rss, bad
      };
      System.out.printf("%-20s ", workload.words);
      System.out.printf("%-5s %9.0f %9.1f %8.2f %8.2f %8.1f %6d %5d%n", figures);
      members.add(
          "\"%s\":{\"per_second\":%.0f,\"cpu_micros\":%.2f,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f,\"rss_mib\":%d,\"bad\":%d}"
              .formatted(figures));
    });
    Sample hera = median(samples.get(Side.HERA));
    Sample bare = median(samples.get(Side.BARE));
    double cpu = hera.cpuMicros / bare.cpuMicros;
    double throughput = hera.perSecond() / bare.perSecond();
    System.out.printf("%-20s ratio %8.2fx %8.2fx%n", workload.words, throughput, cpu);
    return "{\"workload\":\"%s\",%s,\"throughput_ratio\":%.3f,\"cpu_ratio\":%.3f}"
        .formatted(workload.name(), String.join(",", members), throughput, cpu);
  }

  /** The turn with the middle CPU time per request. */
  private static Sample median(List<Sample> samples) {
    List<Sample> sorted = samples.stream()
        .sorted((one, other) -> Double.compare(one.cpuMicros, other.cpuMicros))
        .toList();
    return sorted.get(sorted.size() / 2);
  }
}

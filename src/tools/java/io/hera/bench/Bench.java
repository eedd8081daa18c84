package io.hera.bench;

import io.hera.testkit.Ports;
import io.vertx.core.net.NetClientOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The program behind {@code scripts/bench}: it measures a node beside a bare server, one workload
 * after the other, in turns within one run. Machines differ and are shared, so only figures of one
 * run are comparable. The node has two peers that replicate all the time.
 */
@Command(
    name = "scripts/bench",
    sortOptions = false,
    description = {
      "Drives a node and a bare vertx-core server in turns, and prints for each workload the figures of both and their"
          + " ratio. Closed loop: wrk with 64 connections, as fast as possible; requests per second, the server's CPU time per"
          + " request without its compilers, latencies. Open loop: a constant rate; latencies from the scheduled time of a request.",
      "scripts/bench --core [PATTERN] [options of JMH] runs the microbenchmarks of the core instead.",
      "The results stay in target/bench.json, the growth in target/growth.json and target/growth.svg."
    })
public final class Bench implements Callable<Integer> {
  private static final List<Integer> SIZES = List.of(10, 100, 1000);
  private static final int CONNECTIONS = 64;
  private static final int OPEN_PER_SECOND = 2_000;
  private static final int WARM_UP_SECONDS = 75;
  private static final int QUICK_WARM_UP_SECONDS = 12;

  @Option(names = "-h", usageHelp = true, description = "print this")
  private boolean unusedHelp; // picocli reads it

  @Option(names = "--quick", description = "three minutes instead of fifteen")
  private boolean quick;

  @Option(
      names = "--peers",
      defaultValue = "2",
      description = "number of nodes with which the node gossips (default: ${DEFAULT-VALUE})")
  private int peers;

  @Option(names = "--only", description = "one of ${COMPLETION-CANDIDATES}")
  private Workload only;

  @Option(
      names = "--metrics",
      description = "also measure a third server, plain: a node that counts no requests")
  private boolean metrics;

  @Option(
      names = "--beside",
      paramLabel = "JAR",
      description = "also measure the nodes of another jar, other: such as the last release")
  private String beside;

  @Option(
      names = "--tls",
      description =
          "with TLS 1.3 on all servers; then there is one more workload, whose clients reconnect")
  private boolean tls;

  @Option(
      names = "--growth",
      description =
          "measure instead how costs grow with 1,000 to 1,000,000 instances and 1 to 5 nodes; half an hour,"
              + " or with --quick up to 10,000 instances in three minutes")
  private boolean growth;

  private Optional<Secured> secured = Optional.empty();
  private final List<Subject> started = new ArrayList<>();
  private final List<String> json = new ArrayList<>();
  private int runs;

  private enum Side {
    HERA,
    /** A node without metrics. */
    PLAIN,
    /** A node of another jar. */
    OTHER,
    BARE
  }

  /** One turn of one subject. */
  private record Sample(Wrk.Result result, double cpuMicros, long rss) {
    double perSecond() {
      return result.requests() / result.seconds();
    }
  }

  /** Runs as its usage says; the property {@code hera.jar} names the jar. */
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> started.forEach(Subject::close)));
    if (growth) {
      new Growth(quick).run();
      return 0;
    }
    if (!Wrk.isInstalled()) {
      System.err.println("scripts/bench: wrk is not installed (Debian: apt install wrk)");
      return 2;
    }
    secured = tls ? Optional.of(Secured.create()) : Optional.empty();
    Path script = Files.createTempFile("requests", ".lua");
    try (var lua = Bench.class.getResourceAsStream("/bench/requests.lua")) {
      Files.write(script, lua.readAllBytes());
      run(script.toString());
    } finally {
      Files.delete(script);
    }
    return 0;
  }

  private void run(String script) throws IOException {
    Map<Side, Subject> subjects = new EnumMap<>(Side.class);
    subjects.put(Side.HERA, cluster(Subject.Kind.current()));
    if (metrics) {
      subjects.put(Side.PLAIN, cluster(Subject.Kind.current().with("metrics: false\n")));
    }
    if (beside != null) {
      subjects.put(Side.OTHER, cluster(Subject.Kind.of(beside)));
    }
    subjects.put(Side.BARE, bare());
    for (int size : SIZES) {
      fill(subjects, size);
    }
    for (Map.Entry<Side, Subject> subject : subjects.entrySet()) {
      warmUp(subject.getKey(), subject.getValue(), script);
    }
    System.out.printf("%51s closed loop ms %12s %,d/s open ms%n", "", "", OPEN_PER_SECOND);
    System.out.printf(
        "%-20s %-5s %8s %7s %7s %7s %7s  %7s %7s %7s %5s %5s%n",
        "workload", "", "req/s", "CPU us", "p50", "p99", "max", "p50", "p99", "max", "MiB", "bad");
    for (Workload workload : only == null ? Workload.all(tls) : List.of(only)) {
      measure(workload, subjects, script);
    }
    Path file =
        Files.writeString(Path.of("target", "bench.json"), "[" + String.join(",\n", json) + "]\n");
    System.out.println("results in " + file);
  }

  private Subject bare() throws IOException {
    int port = Ports.free();
    List<String> arguments = new ArrayList<>(List.of(
        "-cp", System.getProperty("java.class.path"), BareServer.class.getName(), "" + port));
    secured.ifPresent(files -> arguments.add(files.directory().toString()));
    Subject bare = new Subject("bare", port, arguments, secured);
    started.add(bare);
    return bare.awaitOk("/");
  }

  /** Returns the first node of a cluster of this kind. */
  private Subject cluster(Subject.Kind kind) throws IOException {
    List<Subject> nodes = Subject.nodes(Ports.free(1 + peers), kind.with(secured));
    started.addAll(nodes);
    return nodes.get(0);
  }

  private static void fill(Map<Side, Subject> subjects, int size) throws IOException {
    String path = "/size-" + size;
    String shown = "";
    for (Map.Entry<Side, Subject> subject : subjects.entrySet()) {
      if (subject.getKey() == Side.BARE) {
        subject.getValue().send("POST", path, shown);
      } else {
        shown = register(subject.getValue(), path, size);
      }
    }
  }

  /** Registers instances until there are {@code count}, and returns the listing of the node. */
  private static String register(Subject node, String path, int size) throws IOException {
    for (int i = 0; i < size; i++) {
      String document =
          "{\"ip\":\"10.1.2.%d\",\"port\":8080,\"zone\":\"eu-1\",\"n\":%d}".formatted(i % 250, i);
      node.send("PUT", path + "/i-" + i + "?ttl=1h", document);
    }
    return node.send("GET", path, "").body();
  }

  private void measure(Workload workload, Map<Side, Subject> subjects, String script)
      throws IOException {
    int turns = quick
        ? 1
        : workload == Workload.REGISTER ? 3 : 5; // more would reach the caps of the registry
    Map<Side, List<Sample>> samples = new EnumMap<>(Side.class);
    for (int turn = -1; turn < turns; turn++) {
      for (Side side : subjects.keySet()) {
        int seconds = quick || turn < 0 ? 2 : 4;
        Sample sample = closed(subjects.get(side), workload, script, seconds);
        if (turn >= 0) {
          samples.computeIfAbsent(side, any -> new ArrayList<>()).add(sample);
        }
      }
    }
    List<String> members = new ArrayList<>();
    for (Side side : subjects.keySet()) {
      members.add(report(workload, side, samples.get(side), open(subjects.get(side), workload)));
    }
    Sample hera = median(samples.get(Side.HERA));
    Sample bare = median(samples.get(Side.BARE));
    double cpu = hera.cpuMicros / bare.cpuMicros;
    double throughput = hera.perSecond() / bare.perSecond();
    System.out.printf("%-20s ratio %7.2fx %6.2fx%n", workload.title, throughput, cpu);
    if (beside != null) {
      Sample other = median(samples.get(Side.OTHER));
      System.out.printf(
          "%-20s ratio %7.2fx %6.2fx to the other jar%n",
          workload.title, hera.perSecond() / other.perSecond(), hera.cpuMicros / other.cpuMicros);
    }
    json.add("{\"workload\":\"%s\",%s,\"throughput_ratio\":%.3f,\"cpu_ratio\":%.3f}"
        .formatted(workload.name(), String.join(",", members), throughput, cpu));
  }

  /**
   * Loads a server until its code is compiled. That takes a minute of full load and more, the more code the longer; a comparison before
   * that compares what compilers still have to do.
   */
  private void warmUp(Side side, Subject subject, String script) throws IOException {
    int seconds = quick ? QUICK_WARM_UP_SECONDS : WARM_UP_SECONDS;
    System.err.printf("warming up %s: %d s%n", side.name().toLowerCase(Locale.ROOT), seconds);
    closed(subject, only == null ? Workload.MIXED : only, script, seconds);
  }

  private Sample closed(Subject subject, Workload workload, String script, int seconds)
      throws IOException {
    Duration before = subject.cpuWithoutCompilers();
    Wrk.Result result = Wrk.run(script, subject.url(), workload, seconds, ++runs);
    Duration used = subject.cpuWithoutCompilers().minus(before);
    double micros = used.toNanos() / 1e3 / Math.max(1, result.requests());
    return new Sample(result, micros, subject.rssMebibytes());
  }

  private OpenLoop.Result open(Subject subject, Workload workload) {
    int run = ++runs;
    NetClientOptions options = secured.map(Secured::driver).orElseGet(NetClientOptions::new);
    try (OpenLoop loop = new OpenLoop(List.of(subject.port), CONNECTIONS, 1, options)) {
      long count = (long) OPEN_PER_SECOND * (quick ? 1 : 5);
      loop.run(
          n -> workload.request(n, run), OPEN_PER_SECOND, OPEN_PER_SECOND); // warms up the driver
      return loop.run(n -> workload.request(n + OPEN_PER_SECOND, run), OPEN_PER_SECOND, count);
    }
  }

  private static String report(
      Workload workload, Side side, List<Sample> samples, OpenLoop.Result open) {
    Sample mid = median(samples);
    double max =
        samples.stream().mapToDouble(sample -> sample.result.max()).max().orElse(0);
    long bad = open.refused()
        + samples.stream().mapToLong(sample -> sample.result.bad()).sum();
    Object[] figures = {
      side.name().toLowerCase(Locale.ROOT),
      mid.perSecond(),
      mid.cpuMicros,
      mid.result.p50(),
      mid.result.p99(),
      max,
      open.millis(50),
      open.millis(99),
      open.maxMillis(),
      mid.rss,
      bad
    };
    System.out.printf("%-20s ", workload.title);
    System.out.printf("%-5s %8.0f %7.1f %7.2f %7.2f %7.1f  %7.2f %7.2f %7.1f %5d %5d%n", figures);
    return "\"%s\":{\"per_second\":%.0f,\"cpu_micros\":%.2f,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f,\"open_p50_ms\":%.3f,\"open_p99_ms\":%.3f,\"open_max_ms\":%.3f,\"rss_mib\":%d,\"bad\":%d}"
        .formatted(figures);
  }

  /** Returns the turn with the median CPU time per request. */
  private static Sample median(List<Sample> samples) {
    List<Sample> sorted = samples.stream()
        .sorted((one, other) -> Double.compare(one.cpuMicros, other.cpuMicros))
        .toList();
    return sorted.get(sorted.size() / 2);
  }
}

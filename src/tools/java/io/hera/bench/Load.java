package io.hera.bench;

import io.hera.testkit.Ports;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The program behind {@code scripts/measure load}: many instances that register and renew
 * themselves, at nodes that run already or that it starts.
 */
@Command(
    name = "scripts/measure load",
    sortOptions = false,
    description = {
      "Registers instances and renews each once per period, at a constant rate that the nodes do not influence. Prints"
          + " the progress every two seconds, and at the end whether every request was accepted, no instance has expired"
          + " and all nodes show the same number of instances. Latencies count from the scheduled time of a request.",
      "Exit codes: 0 success, 1 failure, 2 wrong usage."
    })
public final class Load implements Callable<Integer> {
  private static final long PROGRESS_SECONDS = 2;
  /** Limits count the ids of instances too. */
  private static final int ID_BYTES = 32;

  private static final int COMPACT_HEADERS_SINCE = 25;

  private static final Duration SETTLING = Duration.ofSeconds(60);

  @Option(names = "-h", usageHelp = true, description = "print this")
  private boolean unusedHelp; // picocli reads it

  @Option(
      names = "--ports",
      split = ",",
      paramLabel = "PORT",
      description = "drive the nodes at these ports of loopback")
  private List<Integer> ports = new ArrayList<>();

  @Option(
      names = "--start",
      defaultValue = "1",
      description = "number of nodes to start otherwise (default: ${DEFAULT-VALUE})")
  private int start;

  @Option(
      names = "--instances",
      defaultValue = "100000",
      description = "number of instances (default: ${DEFAULT-VALUE})")
  private long instances;

  @Option(
      names = "--period",
      defaultValue = "60",
      paramLabel = "SECONDS",
      description = "time between two heartbeats of an instance (default: ${DEFAULT-VALUE})")
  private long period;

  @Option(
      names = "--seconds",
      defaultValue = "60",
      description = "duration of the renewals (default: ${DEFAULT-VALUE})")
  private long seconds;

  @Option(
      names = "--connections",
      defaultValue = "64",
      description = "connections to all nodes together (default: ${DEFAULT-VALUE})")
  private int connections;

  @Option(
      names = "--document",
      defaultValue = "100",
      paramLabel = "BYTES",
      description = "size of a document (default: ${DEFAULT-VALUE})")
  private int documentBytes;

  @Option(
      names = "--batch",
      defaultValue = "1",
      paramLabel = "NUMBER",
      description =
          "instances that an agent registers by one /_batch, and renews by one /_heartbeat; with 1, each"
              + " instance renews itself (default: ${DEFAULT-VALUE})")
  private int batch;

  @Option(
      names = "--heap",
      defaultValue = "1536m",
      paramLabel = "SIZE",
      description = "largest heap of a node that it starts (default: ${DEFAULT-VALUE})")
  private String heap;

  @Option(
      names = "--join",
      description = "then start another node, and measure the time until it holds all instances")
  private boolean join;

  private final List<Subject> nodes = new ArrayList<>();

  /** Runs as its usage says; the property {@code hera.jar} names the jar. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Load()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    List<Subject> started = new ArrayList<>();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> started.forEach(Subject::close)));
    List<Integer> members = Ports.free(start + 1);
    if (ports.isEmpty()) {
      started.addAll(Subject.nodes(members.subList(0, start), kind()));
      nodes.addAll(started);
    } else {
      ports.forEach(port -> nodes.add(Subject.running(port)));
    }
    Traffic traffic = traffic();
    boolean well;
    try (OpenLoop loop =
        new OpenLoop(nodes.stream().map(node -> node.port).toList(), connections, traffic.round)) {
      OpenLoop.Result registered =
          measured("registering", loop, () -> loop.flood(traffic.registrations, traffic.round));
      settled();
      long rate = Math.max(1, traffic.round / period);
      OpenLoop.Result renewed = measured(
          "renewing %,d instances at %,d requests/s".formatted(instances, rate),
          loop,
          () -> loop.run(traffic.renewals, rate, rate * seconds));
      well = registered.refused() + renewed.refused() == 0;
    }
    well &= settled();
    if (join && ports.isEmpty()) {
      Subject joining = Subject.node("n" + start, members, kind());
      started.add(joining);
      well &= joined(joining);
    }
    System.out.println(well ? "success" : "FAILURE");
    return well ? 0 : 1;
  }

  /**
   * Requests by their number.
   *
   * @param round number of requests that name each instance once
   */
  private record Traffic(
      long round, LongFunction<Buffer> registrations, LongFunction<Buffer> renewals) {}

  private Traffic traffic() {
    Fleet fleet = new Fleet("load-", instances, documentBytes);
    Batches batches = new Batches(fleet, batch);
    return batch > 1
        ? new Traffic(batches.count(), batches::registration, batches::renewal)
        : new Traffic(instances, fleet::heartbeat, n -> fleet.heartbeat(n + instances));
  }

  /** Nodes whose limits have room for all instances, with the options that {@code scripts/hera} adds. */
  private Subject.Kind kind() {
    String limits =
        """
        limits.instances: %d
        limits.services: %d
        limits.total-bytes: %d
        """.formatted(2 * instances, 2 * instances, 2 * instances * (documentBytes + ID_BYTES));
    List<String> options = new ArrayList<>(List.of("-Xmx" + heap));
    if (Runtime.version().feature() >= COMPACT_HEADERS_SINCE) {
      options.add("-XX:+UseCompactObjectHeaders");
    }
    return Subject.Kind.current().with(limits).with(options);
  }

  private interface Loading {
    OpenLoop.Result run();
  }

  private OpenLoop.Result measured(String what, OpenLoop loop, Loading loading) throws IOException {
    List<Duration> before = nodes.stream().map(Subject::cpu).toList();
    ScheduledExecutorService progress = Executors.newSingleThreadScheduledExecutor();
    var unusedTimer = progress.scheduleAtFixedRate(
        () -> System.out.printf(
            "%s: %,d answered, %,d refused%n", what, loop.answered(), loop.refused()),
        PROGRESS_SECONDS,
        PROGRESS_SECONDS,
        TimeUnit.SECONDS);
    OpenLoop.Result result = loading.run();
    progress.shutdownNow();
    System.out.printf(
        "%s: %,d requests in %.1f s, %,d refused; ms: p50 %.2f, p99 %.2f, p99.9 %.2f, max %.1f%n",
        what,
        result.requests(),
        result.seconds(),
        result.refused(),
        result.millis(50),
        result.millis(99),
        result.millis(99.9),
        result.maxMillis());
    for (int i = 0; i < nodes.size(); i++) {
      Subject node = nodes.get(i);
      double used = node.cpu().minus(before.get(i)).toNanos() / 1e9;
      System.out.printf(
          "  %s: %.1f s of CPU, %.0f %% of a core, %,d MiB%n",
          node.name, used, 100 * used / result.seconds(), node.rssMebibytes());
    }
    return result;
  }

  /** Waits until all nodes show all instances; returns whether they do and none has expired. */
  private boolean settled() throws IOException {
    long end = System.nanoTime() + SETTLING.toNanos();
    for (Subject node : nodes) {
      JsonObject status = node.status();
      while (status.getLong("instances") != instances && System.nanoTime() < end) {
        Subject.pause();
        status = node.status();
      }
      if (status.getLong("instances") != instances || status.getLong("expired") != 0) {
        System.out.printf(
            "%s shows %,d of %,d instances, %,d have expired%n",
            node.name, status.getLong("instances"), instances, status.getLong("expired"));
        return false;
      }
    }
    return true;
  }

  private boolean joined(Subject joining) throws IOException {
    long started = System.nanoTime();
    joining.awaitOk("/_health/ready");
    double ready = (System.nanoTime() - started) / 1e9;
    nodes.add(joining);
    boolean complete = settled();
    System.out.printf(
        "%s: ready after %.2f s, complete after %.2f s%n",
        joining.name, ready, (System.nanoTime() - started) / 1e9);
    return complete;
  }
}

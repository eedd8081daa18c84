package io.hera.bench;

import com.sun.management.UnixOperatingSystemMXBean;
import io.hera.testkit.Ports;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The program behind {@code scripts/measure watching}: the costs of many clients that watch a
 * service, and the time until they are notified of a change.
 */
@Command(
    name = "scripts/measure watching",
    sortOptions = false,
    description = {
      "Starts three nodes and opens clients at one of them: half use long polls, half follow the event stream."
          + " Measures the memory per client; the cost of heartbeats of the instances with and without clients, and"
          + " whether heartbeats wake clients; the time until all clients are notified of a change; and the time of a"
          + " change at another node to a client that follows it. The results stay in target/watching.json.",
      "Exit codes: 0 success; 1 a heartbeat woke a client, or a change did not reach all within 10 s; 2 wrong usage."
    })
public final class Watching implements Callable<Integer> {
  private static final String SERVICE = "watched";
  /** Clients that connect at once. */
  private static final int BURST = 200;
  /** The first one meets code that is not compiled. */
  private static final int CHANGES = 5;
  /** File descriptors for other uses than clients. */
  private static final int OTHER_DESCRIPTORS = 500;

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  @Option(names = "-h", usageHelp = true, description = "print this")
  private boolean unusedHelp; // picocli reads it

  @Option(
      names = "--watchers",
      defaultValue = "10000",
      description = "number of clients (default: ${DEFAULT-VALUE})")
  private int watchers;

  @Option(
      names = "--instances",
      defaultValue = "1000",
      description = "number of instances that renew themselves (default: ${DEFAULT-VALUE})")
  private int instances;

  @Option(
      names = "--seconds",
      defaultValue = "60",
      description = "duration, without clients and again with them (default: ${DEFAULT-VALUE})")
  private long seconds;

  @Option(
      names = "--per-second",
      defaultValue = "1000",
      description = "heartbeats per second of all instances (default: ${DEFAULT-VALUE})")
  private long perSecond;

  private final List<Subject> nodes = new CopyOnWriteArrayList<>();

  /** Runs as its usage says; the property {@code hera.jar} names the jar. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Watching()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    String fault = fault();
    if (!fault.isEmpty()) {
      System.err.println("scripts/measure watching: " + fault);
      return 2;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> nodes.forEach(Subject::close)));
    start();
    try (Renewals renewals = new Renewals(node(), SERVICE, instances, perSecond)) {
      renewals.register();
      HttpResponse<String> page = node().send("GET", "/" + SERVICE, "");
      renewals.warmUp();
      String etag = page.headers().firstValue("etag").orElseThrow();
      try (Crowd crowd = new Crowd(node().port, SERVICE, etag)) {
        return report(measure(renewals, crowd, page.body().length()));
      }
    }
  }

  private static int report(WatchingReport report) throws IOException {
    Path file = Path.of(System.getProperty("hera.jar")).resolveSibling("watching.json");
    Files.writeString(file, report.json().encodePrettily() + "\n");
    report.print();
    return report.well() ? 0 : 1;
  }

  /**
   * Returns the fault of the options, or of the limits that the nodes inherit; empty if there is
   * none.
   */
  private String fault() {
    if (Math.min(Math.min(watchers, instances), Math.min(seconds, perSecond)) < 1) {
      return "all numbers must be at least 1";
    }
    int needed = watchers + OTHER_DESCRIPTORS;
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            && unix.getMaxFileDescriptorCount() < needed
        ? "%d clients need %d file descriptors, the limit is %d: run  ulimit -n %d  first, or lower --watchers"
            .formatted(watchers, needed, unix.getMaxFileDescriptorCount(), needed)
        : "";
  }

  private void start() throws IOException {
    List<Integer> ports = Ports.free(3);
    for (int i = 0; i < ports.size(); i++) {
      nodes.add(Subject.node("n" + i, ports, Subject.Kind.current()));
    }
    nodes.forEach(node -> node.awaitOk("/_health/ready"));
  }

  private Subject node() {
    return nodes.get(0);
  }

  private WatchingReport measure(Renewals renewals, Crowd crowd, int pageBytes) throws IOException {
    Renewals.Cost alone = renewals.run("without watchers", seconds);
    WatchingReport.Memory before = memory();
    open(crowd);
    WatchingReport.Memory after = memory();
    crowd.listen();
    Renewals.Cost watched = renewals.run("with watchers", seconds);
    int woken = crowd.notified();
    List<WatchingReport.Change> changes = new ArrayList<>();
    for (int number = 1; number <= CHANGES; number++) {
      changes.add(change(crowd, number));
    }
    Histogram crossed = cross();
    return new WatchingReport(
        new WatchingReport.Scene(watchers, Renewals.STILL + instances, pageBytes, perSecond),
        before,
        after,
        alone,
        watched,
        woken,
        changes,
        crossed,
        crowd.troubles());
  }

  /** Measures the heap first, because its histogram collects all garbage. */
  private WatchingReport.Memory memory() throws IOException {
    long heapBytes = node().heapBytes();
    return new WatchingReport.Memory(heapBytes, node().rssMebibytes() << 20);
  }

  /** Opens the clients in bursts, each after the one before it is served. */
  private void open(Crowd crowd) throws IOException {
    Progress.saying(
        () -> "opening: %,d of %,d clients watch".formatted(crowd.informed(), watchers), () -> {
          for (int opened = 0; opened < watchers; opened += BURST) {
            crowd.grow(Math.min(BURST, watchers - opened));
            allWatch(crowd, Math.min(opened + BURST, watchers));
          }
          return watchers;
        });
  }

  /** Waits until a number of clients watch, by their count and by that of the node. */
  private void allWatch(Crowd crowd, int wanted) throws IOException {
    if (!until(() -> crowd.informed() == wanted && watching() == wanted)) {
      throw new IllegalStateException("%,d of %,d clients watch, the node counts %,d; %s"
          .formatted(crowd.informed(), wanted, watching(), crowd.troubles()));
    }
  }

  private long watching() throws IOException {
    return node().status().getLong("watchers");
  }

  /**
   * Makes one change; returns when all clients were notified and watch again, or the time is over.
   */
  private WatchingReport.Change change(Crowd crowd, int number) throws IOException {
    Duration cpu = node().cpu();
    crowd.listen();
    int status = node()
        .send("PUT", "/" + SERVICE + "/i-0", "{\"changed\":" + number + "}")
        .statusCode();
    if (status != 204) {
      throw new IllegalStateException("the change was answered with " + status);
    }
    boolean all = Progress.saying(
        () ->
            "change %d: %,d of %,d clients notified".formatted(number, crowd.notified(), watchers),
        () -> until(() -> crowd.notified() == watchers));
    double cpuMillis = node().cpu().minus(cpu).toNanos() / 1e6;
    if (all) {
      allWatch(crowd, watchers);
    }
    return new WatchingReport.Change(crowd.micros(), cpuMillis);
  }

  private Histogram cross() throws IOException {
    Crossing crossing = new Crossing();
    return Progress.saying(
        () -> "changes at another node: %d of %d have arrived"
            .formatted(crossing.arrived(), Crossing.ALL),
        () -> crossing.run(nodes.get(1), node()));
  }

  private static boolean until(Progress.Task<Boolean> condition) throws IOException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.run()) {
      if (System.nanoTime() > end) {
        return false;
      }
      Subject.pause();
    }
    return true;
  }
}

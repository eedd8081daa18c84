package io.hera.bench;

import com.sun.management.UnixOperatingSystemMXBean;
import io.hera.testkit.HeraProcess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What many clients cost that wait for changes of a service or follow them, and how soon they hear of one. */
@Command(
    name = "scripts/measure watching",
    sortOptions = false,
    description = {
      "Starts three nodes and opens clients at one of them: half wait for another content, half follow the events."
          + " Measures the memory that each takes; what heartbeats of the service's instances cost with and without"
          + " them, and whether they wake anybody; how long it takes until all have heard of one change; and how long"
          + " a change at another node takes to a client that follows it. The results stay in target/watching.json.",
      "Exit codes: 0 all well; 1 a heartbeat woke somebody, or not all heard of a change within 10 s; 2 wrong usage."
    })
public final class Watching implements Callable<Integer> {
  private static final String SERVICE = "watched";
  /** How many connect at once. */
  private static final int BURST = 200;
  /** Descriptors for anything but clients. */
  private static final int OTHER_DESCRIPTORS = 500;

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  @Option(names = "-h", usageHelp = true, description = "print this")
  private boolean unusedHelp; // picocli reads it

  @Option(
      names = "--watchers",
      defaultValue = "10000",
      description = "how many clients (default: ${DEFAULT-VALUE})")
  private int watchers;

  @Option(
      names = "--instances",
      defaultValue = "1000",
      description =
          "how many instances of the service renew themselves (default: ${DEFAULT-VALUE})")
  private int instances;

  @Option(
      names = "--seconds",
      defaultValue = "60",
      description = "how long, without clients and then with them (default: ${DEFAULT-VALUE})")
  private long seconds;

  @Option(
      names = "--per-second",
      defaultValue = "1000",
      description = "heartbeats of all of them (default: ${DEFAULT-VALUE})")
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

  /** What is wrong with the options, or with the limits of this process, which the nodes inherit; empty for nothing. */
  private String fault() {
    if (Math.min(Math.min(watchers, instances), Math.min(seconds, perSecond)) < 1) {
      return "all numbers are to be 1 or more";
    }
    int needed = watchers + OTHER_DESCRIPTORS;
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            && unix.getMaxFileDescriptorCount() < needed
        ? "%d clients need %d file descriptors, and there are %d: say  ulimit -n %d  first, or --watchers with less"
            .formatted(watchers, needed, unix.getMaxFileDescriptorCount(), needed)
        : "";
  }

  private void start() throws IOException {
    List<Integer> ports = HeraProcess.freePorts(3);
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
    int woken = crowd.told();
    WatchingReport.Change change = change(crowd);
    Histogram crossed = cross();
    return new WatchingReport(
        new WatchingReport.Scene(watchers, Renewals.STILL + instances, pageBytes, perSecond),
        before,
        after,
        alone,
        watched,
        woken,
        change,
        crossed,
        crowd.troubles());
  }

  /** The histogram of the heap collects all garbage, so it comes first. */
  private WatchingReport.Memory memory() throws IOException {
    long heapBytes = node().heapBytes();
    return new WatchingReport.Memory(heapBytes, node().rssMebibytes() << 20);
  }

  /** In bursts, each when the one before it is served. */
  private void open(Crowd crowd) throws IOException {
    Progress.saying(
        () -> "opening: %,d of %,d clients know how things stand"
            .formatted(crowd.informed(), watchers),
        () -> {
          for (int opened = 0; opened < watchers; opened += BURST) {
            crowd.grow(Math.min(BURST, watchers - opened));
            allWatch(crowd, Math.min(opened + BURST, watchers));
          }
          return watchers;
        });
  }

  /** Waits until so many watch, as they and the node say. */
  private void allWatch(Crowd crowd, int wanted) throws IOException {
    if (!until(() -> crowd.informed() == wanted && watching() == wanted)) {
      throw new IllegalStateException(
          "%,d of %,d clients know how things stand, the node knows of %,d; %s"
              .formatted(crowd.informed(), wanted, watching(), crowd.troubles()));
    }
  }

  private long watching() throws IOException {
    return node().status().getLong("watchers");
  }

  /** One change; returns when all have heard of it and watch again, or do not come to hear of it. */
  private WatchingReport.Change change(Crowd crowd) throws IOException {
    Duration cpu = node().cpu();
    crowd.listen();
    int status =
        node().send("PUT", "/" + SERVICE + "/i-0", "{\"changed\":true}").statusCode();
    if (status != 204) {
      throw new IllegalStateException("the change was answered with " + status);
    }
    boolean all = Progress.saying(
        () -> "one change: %,d of %,d clients have heard of it".formatted(crowd.told(), watchers),
        () -> until(() -> crowd.told() == watchers));
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

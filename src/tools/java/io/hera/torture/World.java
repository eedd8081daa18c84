package io.hera.torture;

import io.hera.testkit.HeraProcess;
import io.hera.testkit.Ports;
import io.hera.torture.Event.At;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The nodes, each a process with a proxy on its link to each peer. Only the driver's thread changes
 * it.
 */
final class World implements AutoCloseable {
  private static final Path FAKETIME =
      Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");

  private final List<Integer> ports;
  private final List<Link> links = new ArrayList<>();
  private final List<Path> files = new ArrayList<>();
  private final HeraProcess[] processes;
  private final AtomicIntegerArray lives;

  World(int nodes, Path folder) throws IOException {
    processes = new HeraProcess[nodes];
    lives = new AtomicIntegerArray(nodes);
    ports = Ports.free(nodes);
    for (int from = 0; from < nodes; from++) {
      files.add(Files.writeString(folder.resolve(name(from) + ".yml"), yaml(from)));
    }
  }

  private String yaml(int from) {
    StringBuilder yaml = new StringBuilder("liveness: 20\ngossip-interval: 500ms\ncluster:\n");
    for (int to = 0; to < ports.size(); to++) {
      int port = ports.get(to);
      if (to != from) {
        FaultProxy proxy = new FaultProxy(port);
        links.add(new Link(from, to, proxy));
        port = proxy.port();
      }
      yaml.append("  %s: {host: 127.0.0.1, port: %d}%n".formatted(name(to), port));
    }
    return yaml.toString();
  }

  private static String name(int node) {
    return "n" + node;
  }

  int nodes() {
    return ports.size();
  }

  int port(int node) {
    return ports.get(node);
  }

  /** The link over which one node asks another. */
  record Link(int from, int to, FaultProxy proxy) {}

  List<Link> links() {
    return links;
  }

  At at(int node) {
    return new At(name(node), lives.get(node));
  }

  /** Starts the process. */
  void start(int node) {
    processes[node] = HeraProcess.start("-c", files.get(node).toString(), "-n", name(node));
  }

  /** Whether {@link #startAnHourAhead} works: Debian's package faketime is installed. */
  static boolean canFakeTime() {
    return Files.isRegularFile(FAKETIME);
  }

  /**
   * Starts the process with its wall clock an hour ahead; the monotonic clock is correct. Without
   * the last variable, timed waits return at once with this version of glibc, and the JVM spins.
   */
  void startAnHourAhead(int node) {
    Map<String, String> wrong = Map.of(
        "LD_PRELOAD",
        FAKETIME.toString(),
        "FAKETIME",
        "+1h",
        "FAKETIME_DONT_FAKE_MONOTONIC",
        "1",
        "FAKETIME_FORCE_MONOTONIC_FIX",
        "0");
    processes[node] =
        HeraProcess.startIn(wrong, "-c", files.get(node).toString(), "-n", name(node));
  }

  void awaitReady(int node) {
    processes[node].awaitOk(ports.get(node), "/_health/ready");
  }

  /** Kills the process by SIGKILL; requests from here on belong to its next life. */
  void kill(int node) {
    lives.incrementAndGet(node);
    processes[node].close();
  }

  void signal(int node, String signal) {
    processes[node].signal(signal);
  }

  void heal() {
    links.forEach(link -> link.proxy.set(Fault.NONE));
  }

  @Override
  public void close() {
    for (HeraProcess process : processes) {
      if (process != null) {
        process.close();
      }
    }
    links.forEach(link -> link.proxy.close());
  }
}

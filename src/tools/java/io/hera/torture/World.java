package io.hera.torture;

import io.hera.testkit.HeraProcess;
import io.hera.testkit.Ports;
import io.hera.torture.Event.At;
import io.hera.torture.WallClocks.Wall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The nodes, each a process with a proxy on its link to each peer. Only the driver's thread changes
 * it.
 */
final class World implements AutoCloseable {
  private final Path folder;
  private final int livenessSeconds;
  private final Optional<Protection> protection;
  private final List<Integer> ports;
  /** Where nodes are asked by TLS, if they speak that. */
  private final List<Integer> tlsPorts;

  private final List<Link> links = new ArrayList<>();
  private final HeraProcess[] processes;
  private final AtomicIntegerArray lives;
  private final WallClocks clocks;
  private final Timeline timeline = new Timeline();

  World(int nodes, Path folder, int livenessSeconds, Optional<Protection> protection) {
    this.folder = folder;
    this.protection = protection;
    this.livenessSeconds = livenessSeconds;
    processes = new HeraProcess[nodes];
    lives = new AtomicIntegerArray(nodes);
    ports = Ports.free(nodes);
    tlsPorts = Ports.free(nodes);
    clocks = new WallClocks(folder);
    for (int from = 0; from < nodes; from++) {
      for (int to = 0; to < nodes; to++) {
        if (to != from) {
          links.add(new Link(from, to, new FaultProxy(gossipPort(to))));
        }
      }
      clocks.set(name(from), Wall.CORRECT);
      configure(from, "");
    }
  }

  /** Writes the configuration of a node, with further lines of YAML. A running one follows on SIGHUP. */
  void configure(int node, String settings) {
    StringBuilder yaml = new StringBuilder("gossip-interval: 500ms\n")
        .append("liveness: %d%n".formatted(livenessSeconds))
        .append(settings)
        .append(protection.map(Protection::settings).orElse(""))
        .append("cluster:\n")
        .append(member(node, port(node), tlsPorts.get(node)));
    for (Link link : links) {
      if (link.from == node) {
        int closed = 1 + link.to;
        int port = protection.isPresent() ? closed : link.proxy.port();
        yaml.append(member(link.to, port, link.proxy.port()));
      }
    }
    try {
      Files.writeString(file(node), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String member(int node, int port, int tlsPort) {
    return "  %s: {host: 127.0.0.1, port: %d%s}%n"
        .formatted(name(node), port, protection.isPresent() ? ", tls-port: " + tlsPort : "");
  }

  /** Returns the port at which peers ask a node. */
  private int gossipPort(int node) {
    return protection.isPresent() ? tlsPorts.get(node) : port(node);
  }

  private Path file(int node) {
    return folder.resolve(name(node) + ".yml");
  }

  private static String name(int node) {
    return "n" + node;
  }

  int nodes() {
    return ports.size();
  }

  /** Returns the port at which a node is asked without TLS. */
  int port(int node) {
    return ports.get(node);
  }

  /** Returns how clients begin the target of a request to a node. */
  String url(int node) {
    return protection.isPresent()
        ? "https://127.0.0.1:" + tlsPorts.get(node)
        : "http://127.0.0.1:" + port(node);
  }

  /** Returns the TLS and access control of the nodes, if they have any. */
  Optional<Protection> protection() {
    return protection;
  }

  /** The link over which one node asks another. */
  record Link(int from, int to, FaultProxy proxy) {
    boolean touches(int node) {
      return from == node || to == node;
    }
  }

  List<Link> links() {
    return links;
  }

  At at(int node) {
    return new At(name(node), lives.get(node));
  }

  /** Starts the process. */
  void start(int node) {
    timeline.starts(at(node));
    processes[node] = HeraProcess.startIn(
        clocks.environment(name(node)), "-c", file(node).toString(), "-n", name(node));
  }

  void awaitReady(int node) {
    awaitReady(List.of(node));
  }

  /** Waits until all of them are ready, and notes the time of each. */
  void awaitReady(List<Integer> nodes) {
    List<CompletableFuture<Long>> times = nodes.stream().map(this::readyTime).toList();
    for (int i = 0; i < nodes.size(); i++) {
      timeline.isReady(at(nodes.get(i)), times.get(i).join());
    }
  }

  private CompletableFuture<Long> readyTime(int node) {
    HeraProcess process = processes[node];
    return CompletableFuture.supplyAsync(
        () -> {
          process.awaitOk(port(node), "/_health/ready");
          return DriverClock.now();
        },
        work -> new Thread(work).start());
  }

  /** Kills the process by SIGKILL. */
  void kill(int node) {
    timeline.ends(at(node));
    processes[node].close();
    lives.incrementAndGet(node);
  }

  /** Ends the process by SIGTERM; until it has ended, its answers are those of this life. */
  void terminate(int node) {
    timeline.ends(at(node));
    processes[node].stop();
    kill(node);
  }

  /** Stops the process by SIGSTOP. */
  void stop(int node) {
    timeline.stops(at(node));
    processes[node].signal("STOP");
  }

  /** Lets a stopped process go on. */
  void goOn(int node) {
    processes[node].signal("CONT");
    timeline.continues(at(node));
  }

  /** Has a node read its configuration. */
  void reload(int node) {
    processes[node].signal("HUP");
  }

  boolean canHaveWrongClocks() {
    return clocks.canBeWrong();
  }

  /** Sets the wall clock of a node, which may be running. */
  void set(int node, Wall wall) {
    clocks.set(name(node), wall);
  }

  void set(Link link, Fault fault) {
    if (fault.loses()) {
      timeline.cuts(name(link.from), name(link.to));
    }
    link.proxy.set(fault);
    if (!fault.loses()) {
      timeline.isWhole(name(link.from), name(link.to));
    }
  }

  void heal() {
    links.forEach(link -> set(link, Fault.NONE));
  }

  Conditions conditions() {
    return timeline.conditions();
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

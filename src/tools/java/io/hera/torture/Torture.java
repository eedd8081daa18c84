package io.hera.torture;

import io.hera.torture.History.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A cluster of processes under a seeded schedule of faults. At the end, {@link Judge} judges the
 * history of its clients.
 */
final class Torture {
  /** The bound of L2: 2·log2(3) + 6 rounds of half a second, rounded up, with their jitter. */
  static final long EQUAL_MILLIS = 5_500;

  private static final long LATE_MILLIS = 3_000;

  private final long stopMillis;
  private final Random random;
  private final World world;
  private final Clients clients;
  private final List<Span> pauses = new ArrayList<>();
  private final List<Span> fair = new ArrayList<>();
  private final Map<String, Integer> faults = new TreeMap<>();
  private final List<String> violations = new ArrayList<>();
  private long slowestEqual;

  private Torture(World world, long seed, long stopMillis) {
    this.world = world;
    this.random = new Random(seed);
    this.stopMillis = stopMillis;
    this.clients = new Clients(world, seed);
  }

  public static void main(String... arguments) throws IOException {
    if (arguments.length != 3) {
      throw new IllegalArgumentException("usage: Torture MINUTES SEED HISTORY");
    }
    long millis = (long) (Double.parseDouble(arguments[0]) * 60_000);
    long seed = Long.parseLong(arguments[1]);
    List<String> wrong = run(millis, seed, 10_000, Path.of(arguments[2]));
    System.exit(wrong.isEmpty() ? 0 : 1);
  }

  /**
   * Injects each kind of fault, repeatedly until {@code millis} are over; returns the violations.
   */
  static List<String> run(long millis, long seed, long stopMillis, Path file) throws IOException {
    Path folder = Files.createTempDirectory("torture");
    try (World world = new World(3, folder)) {
      Thread hook = new Thread(world::close);
      Runtime.getRuntime().addShutdownHook(hook);
      Torture torture = new Torture(world, seed, stopMillis);
      torture.torture(millis);
      Runtime.getRuntime().removeShutdownHook(hook);
      return torture.judged(file);
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private void torture(long millis) {
    IntStream.range(0, world.nodes()).forEach(world::start);
    IntStream.range(0, world.nodes()).forEach(world::awaitReady);
    long end = Clients.now() + millis;
    try (Clients running = clients) {
      running.start();
      do {
        fair();
        links();
        partition("PARTITION", (link, alone) -> link.from() == alone || link.to() == alone);
        partition("ONE WAY", (link, alone) -> link.from() == alone);
        wrongClock();
        kill(1);
        kill(3);
        lateNetwork();
        stop();
      } while (Clients.now() < end);
    }
  }

  /** Lets a time without faults pass, from equal nodes on: reads are as fresh as they can be. */
  private void fair() {
    healed("FAIR");
    long from = Clients.now();
    pause(stopMillis);
    fair.add(new Span(from, Clients.now()));
  }

  private void links() {
    for (Fault fault : Fault.values()) {
      count(fault.name());
      world.links().forEach(link -> link.proxy().set(random.nextBoolean() ? fault : Fault.NONE));
      pause(stopMillis / 4);
      healed(fault.name());
    }
  }

  /** Cuts one node off from all others, in both directions or in one. */
  private void partition(String fault, BiPredicate<World.Link, Integer> cut) {
    count(fault);
    int alone = random.nextInt(world.nodes());
    for (World.Link link : world.links()) {
      if (cut.test(link, alone)) {
        link.proxy().set(random.nextBoolean() ? Fault.BLACK_HOLE : Fault.REFUSE);
      }
    }
    pause(stopMillis / 2);
    healed(fault);
  }

  /** Restarts a node with a wrong clock, whose writes its peers refuse, and then without it. */
  private void wrongClock() {
    if (World.canFakeTime()) {
      count("CLOCK");
      int node = random.nextInt(world.nodes());
      world.kill(node);
      world.startAnHourAhead(node);
      world.awaitReady(node);
      pause(stopMillis / 2);
      world.kill(node);
      world.start(node);
      world.awaitReady(node);
      healed("CLOCK");
    }
  }

  private void kill(int times) {
    int node = random.nextInt(world.nodes());
    for (int i = 0; i < times; i++) {
      count("KILL");
      world.kill(node);
      world.start(node);
      pause(300);
    }
    world.awaitReady(node);
    healed("KILL");
  }

  /** Starts a node before its network works: it gets its entries back when it reaches its peers (P7). */
  private void lateNetwork() {
    count("LATE NETWORK");
    int node = random.nextInt(world.nodes());
    world.kill(node);
    for (World.Link link : world.links()) {
      if (link.from() == node || link.to() == node) {
        link.proxy().set(Fault.BLACK_HOLE);
      }
    }
    world.start(node);
    pause(LATE_MILLIS);
    world.heal();
    world.awaitReady(node);
    healed("LATE NETWORK");
  }

  private void stop() {
    count("STOP");
    int node = random.nextInt(world.nodes());
    long from = Clients.now();
    world.signal(node, "STOP");
    pause(stopMillis + random.nextLong(3 * stopMillis));
    world.signal(node, "CONT");
    pauses.add(new Span(from, Clients.now()));
    healed("STOP");
  }

  /** Heals all links and waits until all nodes are equal, without another write. */
  private void healed(String after) {
    clients.quiesced(() -> {
      world.heal();
      long from = Clients.now();
      while (!equal() && Clients.now() - from < EQUAL_MILLIS) {
        pause(50);
      }
      long took = Clients.now() - from;
      slowestEqual = Math.max(slowestEqual, took);
      System.out.println(
          Clients.now() / 1000 + " s: " + after + " healed, equal after " + took + " ms");
      if (took >= EQUAL_MILLIS) {
        violations.add("L2 not equal after " + after);
      }
    });
  }

  private boolean equal() {
    String first = clients.all(0);
    return first.startsWith("{\"k")
        && IntStream.range(1, world.nodes()).allMatch(node -> clients.all(node).equals(first));
  }

  private List<String> judged(Path file) throws IOException {
    History history = new History(clients.history(), pauses, fair);
    history.write(file);
    System.out.println("faults " + faults + "\nlongest time to become equal " + slowestEqual
        + (World.canFakeTime() ? " ms" : " ms; without wrong clocks: faketime is not installed"));
    violations.addAll(Judge.violations(history));
    System.out.println("violations " + violations.size() + "; history in " + file);
    return violations;
  }

  private void count(String fault) {
    faults.merge(fault, 1, Integer::sum);
  }

  private static void pause(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}

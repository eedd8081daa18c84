package io.hera.torture;

import io.hera.torture.History.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What all kinds of faults share: the world, its clients, and the healing after each fault. */
final class Driver {
  /**
   * The bound of L2 is 2·log2(3) + 6 rounds of half a second, 5.5 s with their jitter. The processes share a machine with others, and
   * wait for it: 10 s more. The simulation holds the bound itself.
   */
  static final long EQUAL_MILLIS = 15_500;

  private final World world;
  private final Clients clients;
  private final Requests requests;
  private final Random random;
  private final Pace pace;
  private final List<Span> fair = new ArrayList<>();
  private final Map<String, Integer> faults = new TreeMap<>();
  private final List<String> violations = new ArrayList<>();
  private long slowestEqual;

  Driver(World world, Clients clients, Requests requests, Random random, Pace pace) {
    this.world = world;
    this.clients = clients;
    this.requests = requests;
    this.random = random;
    this.pace = pace;
  }

  World world() {
    return world;
  }

  Pace pace() {
    return pace;
  }

  Random random() {
    return random;
  }

  int anyNode() {
    return random.nextInt(world.nodes());
  }

  /** Counts a fault that begins. */
  void begins(String fault) {
    faults.merge(fault, 1, Integer::sum);
  }

  /**
   * Lets a time without faults that delay anything pass, from equal nodes on: reads are as fresh as
   * they can be.
   */
  void fair(String state, long millis) {
    healed(state);
    long from = DriverClock.now();
    DriverClock.pause(millis);
    fair.add(new Span(from, DriverClock.now()));
  }

  /** Heals all links and waits until all nodes are equal, without another write of theirs. */
  void healed(String after) {
    clients.quiesced(() -> {
      world.heal();
      long from = DriverClock.now();
      while (!equal() && DriverClock.now() - from < EQUAL_MILLIS) {
        DriverClock.pause(50);
      }
      long took = DriverClock.now() - from;
      slowestEqual = Math.max(slowestEqual, took);
      System.out.println(
          DriverClock.now() / 1000 + " s: " + after + " healed, equal after " + took + " ms");
      if (took >= EQUAL_MILLIS) {
        violations.add("L2 not equal after " + after);
      }
    });
  }

  private boolean equal() {
    String first = requests.listing(0, "s");
    return first.startsWith("{\"k")
        && IntStream.range(1, world.nodes())
            .allMatch(node -> requests.listing(node, "s").equals(first));
  }

  List<Span> fairTimes() {
    return List.copyOf(fair);
  }

  /** Returns the broken promises that the driver has seen itself. */
  List<String> violations() {
    return List.copyOf(violations);
  }

  @Override
  public String toString() {
    return "faults " + faults + "\nlongest time to become equal " + slowestEqual + " ms";
  }
}

package io.hera.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A cluster of processes under a seeded schedule of faults. At the end, {@link Judge} judges the
 * history of its clients.
 */
final class Torture {
  private static final int LIVENESS_SECONDS = 20;

  private final World world;
  private final Requests requests;
  private final Clients clients;
  private final LivingClients living;
  private final Driver driver;
  private final Pace pace;

  private Torture(World world, long seed, Pace pace) {
    this.world = world;
    this.pace = pace;
    this.requests = new Requests(world);
    this.clients = new Clients(world, requests, seed);
    this.living = new LivingClients(world, requests, seed);
    this.driver = new Driver(world, clients, requests, new Random(seed), pace);
  }

  public static void main(String... arguments) throws IOException {
    if (arguments.length != 4) {
      throw new IllegalArgumentException("usage: Torture MINUTES SEED HISTORY clear|tls");
    }
    long millis = (long) (Double.parseDouble(arguments[0]) * 60_000);
    long seed = Long.parseLong(arguments[1]);
    Network network = arguments[3].equals("tls") ? Network.TLS : Network.CLEAR;
    List<String> wrong = run(millis, seed, Pace.LONG, network, Path.of(arguments[2]));
    System.exit(wrong.isEmpty() ? 0 : 1);
  }

  /** How nodes and clients reach the nodes. */
  enum Network {
    /** Without TLS and tokens. */
    CLEAR,
    /** By TLS, with certificates of nodes and tokens of clients. */
    TLS
  }

  /**
   * Injects each kind of fault, repeatedly until {@code millis} are over, and caps a node of another
   * cluster; returns the violations.
   */
  static List<String> run(long millis, long seed, Pace pace, Network network, Path file)
      throws IOException {
    Path folder = Files.createTempDirectory("torture");
    try {
      List<String> violations =
          new ArrayList<>(tortured(millis, seed, pace, network, folder).judged(file));
      List<String> ofCap = CappedNode.run(pace, folder);
      ofCap.forEach(System.out::println);
      violations.addAll(ofCap);
      System.out.println("violations " + violations.size() + "; history in " + file);
      return violations;
    } finally {
      delete(folder);
    }
  }

  private static Torture tortured(long millis, long seed, Pace pace, Network network, Path folder) {
    Optional<Protection> protection =
        network == Network.TLS ? Optional.of(Protection.in(folder)) : Optional.empty();
    try (World world = new World(3, folder, LIVENESS_SECONDS, protection)) {
      Thread hook = new Thread(world::close);
      Runtime.getRuntime().addShutdownHook(hook);
      Torture torture = new Torture(world, seed, pace);
      torture.torture(millis);
      Runtime.getRuntime().removeShutdownHook(hook);
      return torture;
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
    long end = DriverClock.now() + millis;
    try (Clients changing = clients;
        LivingClients renewing = living) {
      changing.start();
      renewing.start();
      ClockFaults clocks = new ClockFaults(driver);
      cycle(clocks);
      while (DriverClock.now() < end) {
        clocks.during(this::others);
        cycle(clocks);
      }
    }
  }

  /** Injects each kind of fault once. */
  private void cycle(ClockFaults clocks) {
    driver.fair("FAIR", pace.fault());
    clocks.each();
    others();
  }

  /** Injects each kind of fault once that is not one of clocks. */
  private void others() {
    LinkFaults links = new LinkFaults(driver);
    links.each();
    links.partition();
    links.oneWay();
    links.lateNetwork();
    ProcessFaults processes = new ProcessFaults(driver);
    processes.kill();
    processes.stop();
    processes.killTwoThenTheThird();
    processes.killAll();
    processes.rollingRestart();
  }

  private List<String> judged(Path file) throws IOException {
    History history = new History(requests.history(), world.conditions(), driver.fairTimes());
    history.write(file);
    System.out.println(driver);
    if (!world.canHaveWrongClocks()) {
      System.out.println("without wrong clocks: faketime is not installed");
    }
    List<String> violations = new ArrayList<>(driver.violations());
    violations.addAll(Judge.violations(history));
    return violations;
  }
}

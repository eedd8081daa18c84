package io.hera.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
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
    this.clients = new Clients(world, requests, seed, pace);
    this.living = new LivingClients(world, requests, seed, pace);
    this.driver = new Driver(world, clients, requests, new Random(seed), pace);
  }

  public static void main(String... arguments) throws IOException {
    if (arguments.length != 5) {
      throw new IllegalArgumentException("usage: Torture MINUTES SEED HISTORY clear|tls all|KIND");
    }
    Optional<Kind> only = Kind.of(arguments[4]);
    if (only.isEmpty() && !arguments[4].equals("all")) {
      System.err.println("scripts/torture: the kinds of faults are " + Kind.texts());
      System.exit(2);
    }
    long millis = (long) (Double.parseDouble(arguments[0]) * 60_000);
    long seed = Long.parseLong(arguments[1]);
    Network network = arguments[3].equals("tls") ? Network.TLS : Network.CLEAR;
    List<String> wrong = run(only, millis, seed, Pace.LONG, network, Path.of(arguments[2]));
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
    return run(Optional.empty(), millis, seed, pace, network, file);
  }

  /** Does the same, with one kind of fault alone if it is given. */
  private static List<String> run(
      Optional<Kind> only, long millis, long seed, Pace pace, Network network, Path file)
      throws IOException {
    Path folder = Files.createTempDirectory("torture");
    try {
      Consumer<Torture> faults = torture ->
          only.ifPresentOrElse(kind -> torture.repeat(kind, millis), () -> torture.cycles(millis));
      List<String> violations =
          new ArrayList<>(tortured(faults, seed, pace, network, folder).judged(file));
      List<String> ofCap = only.isPresent() ? List.of() : CappedNode.run(pace, folder);
      ofCap.forEach(System.out::println);
      violations.addAll(ofCap);
      System.out.println("violations " + violations.size() + "; history in " + file);
      return violations;
    } finally {
      delete(folder);
    }
  }

  private static Torture tortured(
      Consumer<Torture> faults, long seed, Pace pace, Network network, Path folder) {
    Optional<Protection> protection =
        network == Network.TLS ? Optional.of(Protection.in(folder)) : Optional.empty();
    try (World world = new World(3, folder, LIVENESS_SECONDS, protection)) {
      Thread hook = new Thread(world::close);
      Runtime.getRuntime().addShutdownHook(hook);
      Torture torture = new Torture(world, seed, pace);
      torture.suffer(faults);
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

  /** Starts the nodes and their clients, and injects faults. */
  private void suffer(Consumer<Torture> faults) {
    IntStream.range(0, world.nodes()).forEach(world::start);
    IntStream.range(0, world.nodes()).forEach(world::awaitReady);
    try (Clients changing = clients;
        LivingClients renewing = living) {
      changing.start();
      renewing.start();
      faults.accept(this);
    }
  }

  private void repeat(Kind kind, long millis) {
    long end = DriverClock.now() + millis;
    do {
      driver.fair("FAIR", pace.fault() / 10);
      kind.inject(driver);
    } while (DriverClock.now() < end);
  }

  private void cycles(long millis) {
    long end = DriverClock.now() + millis;
    cycle();
    while (DriverClock.now() < end) {
      new ClockFaults(driver).during(() -> Kind.others().forEach(kind -> kind.inject(driver)));
      cycle();
    }
  }

  /** Injects each kind of fault once. */
  private void cycle() {
    driver.fair("FAIR", pace.fault());
    List.of(Kind.values()).forEach(kind -> kind.inject(driver));
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

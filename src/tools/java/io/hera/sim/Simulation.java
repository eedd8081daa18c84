package io.hera.sim;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One run of a plan: its events, the healing, and the checks at the end. */
final class Simulation {
  private static final long RENEW_MILLIS = 5_000;
  /** The longest back-off of a peer that was cut off until the healing: at short intervals, more than the rounds of L2. */
  private static final long BACK_OFF_MILLIS = 30_000;

  private final World world;

  private Simulation(Plan plan) {
    this.world = new World(plan);
  }

  /**
   * The outcome of a run.
   *
   * @param violation null if all invariants held
   * @param counts of events, by kind
   */
  record Outcome(@Nullable Violation violation, Map<String, Integer> counts) {}

  /** Returns the message of the violation of a seed, or null. */
  static @Nullable String violation(long seed) {
    Violation violation = run(Plan.of(seed)).violation;
    return violation == null ? null : violation.getMessage();
  }

  /** Returns the message of the violation of a seed whose troubles are of one kind, or null. */
  static @Nullable String violation(long seed, String trouble) {
    Violation violation = run(Plan.of(seed, Trouble.of(trouble))).violation;
    return violation == null ? null : violation.getMessage();
  }

  static Outcome run(Plan plan) {
    Simulation simulation = new Simulation(plan);
    Violation violation = null;
    try {
      simulation.run();
    } catch (Violation found) {
      violation = found;
    } catch (RuntimeException defect) {
      violation = new Violation("defect", simulation.world.timeline.now(), defect.toString());
      violation.initCause(defect);
    }
    Map<String, Integer> counts = new HashMap<>(simulation.world.observer.counts());
    return new Outcome(violation, counts);
  }

  private void run() {
    world.run();
    world.heal();
    Plan.Cluster cluster = world.plan.cluster();
    int nodes = cluster.nodes().size();
    boolean tame = world.observer.tame();
    if (tame) {
      int rounds = 2 * (32 - Integer.numberOfLeadingZeros(nodes - 1)) + 6;
      long roundsMillis = rounds * cluster.intervalMillis() * 11 / 10;
      boolean cut = world.plan.events().stream().anyMatch(event -> event.verb().equals("cut"));
      long backOffMillis = cut ? BACK_OFF_MILLIS + 2 * cluster.intervalMillis() : 0;
      pass(Math.max(roundsMillis, backOffMillis));
      world.worlds().stream()
          .filter(each -> each.observer.tame())
          .forEach(each -> each.observer.checkEqual(cluster.old().isEmpty() ? "L2" : "L4"));
    }
    if (!tame || world.plan.seed() % 4 == 0) {
      world.correctClocks();
      live().forEach((each, living) -> each.observer.checkLiving(living));
    }
  }

  private void pass(long millis) {
    world.timeline.runUntil(world.timeline.now() + millis);
  }

  /**
   * Lets some clients renew for longer than any older entry can live, and all others end; returns
   * the last documents of the clients of each cluster.
   */
  private Map<World, Map<String, String>> live() {
    Plan.Cluster cluster = world.plan.cluster();
    long tolerance = world.worlds().stream()
        .mapToLong(each -> each.observer.tolerance())
        .max()
        .orElseThrow();
    long end = world.timeline.now() + 2 * cluster.ttlMaxMillis() + tolerance + 60_000;
    Map<World, Map<String, String>> living = new LinkedHashMap<>();
    while (world.timeline.now() < end) {
      world.worlds().forEach(each -> living.put(each, renew(each)));
      pass(RENEW_MILLIS);
    }
    pass(cluster.nodes().size() * cluster.intervalMillis() * 11 / 10);
    return living;
  }

  /** Renews an instance at each node of a cluster; returns the documents by path. */
  private static Map<String, String> renew(World world) {
    Plan.Cluster cluster = world.plan.cluster();
    Map<String, String> living = new TreeMap<>();
    for (SimNode node : world.nodes()) {
      String path = "s/" + world.names().indexOf(node.name);
      if (living.size() < cluster.instancesMax()) {
        living.put(path, world.put(node.name, path, cluster.ttlMaxMillis()));
      }
    }
    return living;
  }
}

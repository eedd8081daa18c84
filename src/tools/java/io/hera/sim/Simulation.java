package io.hera.sim;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One run of a plan: everything that happens, the healing, and what must be true at the end. */
final class Simulation {
  private static final long RENEW_MILLIS = 5_000;

  private final World world;

  private Simulation(Plan plan) {
    this.world = new World(plan);
  }

  /**
   * How a run went.
   *
   * @param violation null if all promises held
   * @param counts how often what has happened
   */
  record Outcome(@Nullable Violation violation, Map<String, Integer> counts) {}

  /** The violation that a seed leads to, in words, or null. */
  static @Nullable String violation(long seed) {
    Violation violation = run(Plan.of(seed)).violation;
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
      pass(rounds * cluster.intervalMillis() * 11 / 10);
      world.observer.checkEqual(cluster.old().isEmpty() ? "L2" : "L4");
    }
    if (!tame || world.plan.seed() % 4 == 0) {
      world.setClocksRight();
      world.observer.clocksSetRight();
      world.observer.checkLiving(live());
    }
  }

  private void pass(long millis) {
    world.timeline.runUntil(world.timeline.now() + millis);
  }

  /** Some clients go on for longer than anything old can live, all else dies; returns what these have written last. */
  private Map<String, String> live() {
    Plan.Cluster cluster = world.plan.cluster();
    long end =
        world.timeline.now() + 2 * cluster.ttlMaxMillis() + world.observer.tolerance() + 60_000;
    Map<String, String> living = new TreeMap<>();
    while (world.timeline.now() < end) {
      living.clear();
      for (SimNode node : world.nodes()) {
        int id = cluster.nodes().indexOf(node.name);
        if (living.size() < cluster.instancesMax()) {
          living.put("s/" + id, world.put(node.name, "s/" + id, cluster.ttlMaxMillis()));
        }
      }
      pass(RENEW_MILLIS);
    }
    pass(cluster.nodes().size() * cluster.intervalMillis() * 11 / 10);
    return living;
  }
}

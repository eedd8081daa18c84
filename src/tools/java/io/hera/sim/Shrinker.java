package io.hera.sim;

import java.util.ArrayList;
import java.util.List;

/**
 * A delta debugger (Zeller): it drops events from a plan while the plan still breaks the same
 * invariant.
 */
final class Shrinker {
  private static final int RUNS_MAX = 600;

  private final String invariant;
  private int runs;

  private Shrinker(String invariant) {
    this.invariant = invariant;
  }

  /**
   * Returns a plan with few events that breaks the same invariant; {@code plan} if it breaks none.
   */
  static Plan shrink(Plan plan) {
    Violation violation = Simulation.run(plan).violation();
    return violation == null ? plan : new Shrinker(violation.invariant).dropping(plan);
  }

  private Plan dropping(Plan plan) {
    Plan shortest = plan;
    for (int size = Math.max(1, plan.events().size() / 2); size >= 1; size /= 2) {
      for (int from = 0; from < shortest.events().size() && runs < RUNS_MAX; ) {
        Plan shorter = without(shortest, from, size);
        runs++;
        if (stillBreaks(shorter)) {
          shortest = shorter;
        } else {
          from += size;
        }
      }
    }
    return shortest;
  }

  private static Plan without(Plan plan, int from, int size) {
    List<Event> events = new ArrayList<>(plan.events());
    events.subList(from, Math.min(events.size(), from + size)).clear();
    return plan.with(events);
  }

  private boolean stillBreaks(Plan plan) {
    Violation violation = Simulation.run(plan).violation();
    return violation != null && violation.invariant.equals(invariant);
  }
}

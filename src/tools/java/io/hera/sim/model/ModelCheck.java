package io.hera.sim.model;

import static io.hera.sim.model.Step.Kind.ASK;
import static io.hera.sim.model.Step.Kind.DELETE;
import static io.hera.sim.model.Step.Kind.DELIVER;
import static io.hera.sim.model.Step.Kind.LONG_TIME;
import static io.hera.sim.model.Step.Kind.PULL;
import static io.hera.sim.model.Step.Kind.PUT;
import static io.hera.sim.model.Step.Kind.PUT_BRIEFLY;
import static io.hera.sim.model.Step.Kind.REPEAT;
import static io.hera.sim.model.Step.Kind.SHORT_TIME;
import static io.hera.sim.model.Step.Kind.STEP_AHEAD;
import static io.hera.sim.model.Step.Kind.STEP_BACK;
import static io.hera.sim.model.Step.Kind.TICK;
import static io.hera.sim.model.Step.Kind.WIPE;

import io.hera.sim.model.Explorer.Scope;
import java.util.EnumSet;
import java.util.List;

/** The search through all scopes: {@code scripts/simulate --exhaustive DEPTH}. */
public final class ModelCheck {
  private ModelCheck() {}

  /**
   * Returns the scopes. Combinations of a clock that steps and a process that loses its memory are
   * left to the simulation.
   */
  static List<Scope> scopes(int depth) {
    return List.of(
        new Scope(
            "exchanges", 2, 1, depth, EnumSet.of(PUT, DELETE, PULL, ASK, DELIVER, REPEAT, TICK)),
        new Scope("two keys", 2, 2, depth - 1, EnumSet.of(PUT, DELETE, PULL, ASK, DELIVER, TICK)),
        new Scope("relays", 3, 1, depth - 1, EnumSet.of(PUT, DELETE, PULL, TICK)),
        new Scope(
            "ttls",
            2,
            1,
            depth,
            EnumSet.of(PUT, PUT_BRIEFLY, PULL, ASK, DELIVER, TICK, SHORT_TIME, LONG_TIME)),
        new Scope(
            "clocks",
            2,
            1,
            depth,
            EnumSet.of(PUT, PULL, ASK, DELIVER, TICK, STEP_BACK, STEP_AHEAD)),
        new Scope("lives", 2, 1, depth, EnumSet.of(PUT, DELETE, PULL, ASK, DELIVER, TICK, WIPE)),
        new Scope("lives of three", 3, 1, depth - 2, EnumSet.of(PUT, PULL, WIPE, TICK)));
  }

  /** Runs with the depth as argument, 8 by default; exits with 1 after a violation. */
  public static void main(String[] arguments) {
    if (arguments.length > 1 || (arguments.length == 1 && !arguments[0].matches("[1-9]"))) {
      System.err.println("usage: ModelCheck [DEPTH]   all sequences of up to DEPTH (8) events");
      System.exit(2);
    }
    int depth = arguments.length == 0 ? 8 : Integer.parseInt(arguments[0]);
    boolean violated = false;
    for (Scope scope : scopes(depth)) {
      Explorer.Result result = new Explorer(scope).run(System.out::println);
      System.out.println(result);
      violated |= !result.violation().isEmpty();
    }
    System.exit(violated ? 1 : 0);
  }
}

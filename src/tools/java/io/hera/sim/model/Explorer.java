package io.hera.sim.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A breadth-first search over all sequences of steps in a scope; the first violation found is
 * therefore a shortest one. Two sequences that lead to states with equal 128-bit hashes count as
 * one. The states after the last step are checked and not compared, since nothing continues them.
 */
final class Explorer {
  private final Scope scope;
  private final List<Step> steps;
  private final Set<Hash> seen = new HashSet<>();
  private long transitions;

  Explorer(Scope scope) {
    this.scope = scope;
    this.steps = Step.of(scope.kinds(), scope.nodes(), scope.keys());
  }

  /**
   * The bounds of a search.
   *
   * @param depth most steps in a sequence
   */
  record Scope(String name, int nodes, int keys, int depth, EnumSet<Step.Kind> kinds) {}

  /**
   * The result of a search.
   *
   * @param states that were continued, apart from the first one
   * @param violation empty, or a description with its steps
   */
  record Result(Scope scope, int states, long transitions, String violation) {
    @Override
    public String toString() {
      return "%s: %d nodes, %d keys, %d steps: %d states continued, %d transitions%s"
          .formatted(
              scope.name(),
              scope.nodes(),
              scope.keys(),
              scope.depth(),
              states,
              transitions,
              violation.isEmpty() ? "" : "\n" + violation);
    }
  }

  /** A state that was reached by a path, with so many answers under way. */
  private record State(byte[] path, int answers) {}

  private record Hash(long high, long low) {
    static Hash of(String state) {
      long high = 0x9E3779B97F4A7C15L;
      long low = 0xC2B2AE3D27D4EB4FL;
      for (int i = 0; i < state.length(); i++) {
        high = (high ^ state.charAt(i)) * 0xBF58476D1CE4E5B9L;
        high ^= high >>> 32;
        low = (low + state.charAt(i)) * 0x94D049BB133111EBL;
        low ^= low >>> 29;
      }
      return new Hash(high, low);
    }
  }

  /** Searches; passes a line for each completed depth to {@code progress}. */
  Result run(Consumer<String> progress) {
    List<State> frontier = List.of(new State(new byte[0], 0));
    for (int depth = 1; depth <= scope.depth(); depth++) {
      List<State> next = new ArrayList<>();
      for (State state : frontier) {
        String violation = extend(state, next);
        if (!violation.isEmpty()) {
          return new Result(scope, seen.size(), transitions, violation);
        }
      }
      frontier = next;
      progress.accept("%s: %d steps, %d states, %d transitions"
          .formatted(scope.name(), depth, seen.size(), transitions));
    }
    return new Result(scope, seen.size(), transitions, "");
  }

  private String extend(State state, List<State> next) {
    for (byte step = 0; step < steps.size(); step++) {
      if (steps.get(step).isPossible(state.answers)) {
        String violation = explore(append(state.path, step), next);
        if (!violation.isEmpty()) {
          return violation;
        }
      }
    }
    return "";
  }

  /** Checks the state after the path; those before it were checked when their own paths were explored. */
  private String explore(byte[] path, List<State> next) {
    World world = new World(scope.nodes());
    try {
      for (byte step : path) {
        world.take(steps.get(step));
      }
      world.check();
    } catch (Violation violation) {
      return story(path) + violation.getMessage();
    }
    transitions++;
    if (path.length < scope.depth() && seen.add(Hash.of(world.state()))) {
      next.add(new State(path, world.answers()));
    }
    return "";
  }

  private String story(byte[] path) {
    StringBuilder story = new StringBuilder();
    for (byte step : path) {
      story.append("  ").append(steps.get(step)).append('\n');
    }
    return story.toString();
  }

  private static byte[] append(byte[] path, byte step) {
    byte[] longer = Arrays.copyOf(path, path.length + 1);
    longer[path.length] = step;
    return longer;
  }
}

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
 * one.
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

  /** The result of a search; {@code violation} is empty, or a description with its steps. */
  record Result(Scope scope, int states, long transitions, String violation) {
    @Override
    public String toString() {
      return "%s: %d nodes, %d keys, %d steps: %d states, %d transitions%s"
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
    List<byte[]> frontier = List.of(new byte[0]);
    for (int depth = 1; depth <= scope.depth(); depth++) {
      List<byte[]> next = new ArrayList<>();
      for (byte[] path : frontier) {
        for (byte step = 0; step < steps.size(); step++) {
          byte[] longer = append(path, step);
          String violation = explore(longer, next);
          if (!violation.isEmpty()) {
            return new Result(scope, seen.size(), transitions, violation);
          }
        }
      }
      frontier = next;
      progress.accept("%s: %d steps, %d states".formatted(scope.name(), depth, seen.size()));
    }
    return new Result(scope, seen.size(), transitions, "");
  }

  private String explore(byte[] path, List<byte[]> next) {
    World world = new World(scope.nodes());
    try {
      for (int i = 0; i < path.length; i++) {
        Step step = steps.get(path[i]);
        if (i == path.length - 1 && !world.allows(step)) {
          return "";
        }
        world.take(step);
      }
    } catch (Violation violation) {
      return story(path) + violation.getMessage();
    }
    transitions++;
    if (seen.add(Hash.of(world.state()))) {
      next.add(path);
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

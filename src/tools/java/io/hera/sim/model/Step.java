package io.hera.sim.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One event of a model.
 *
 * @param node the node at which it happens, or the asker
 * @param other the node that is asked, the number of a key, or the number of an answer
 */
record Step(Kind kind, int node, int other) {
  /** The kinds of events. */
  enum Kind {
    PUT("a client registers key %2$s at %1$s"),
    PUT_BRIEFLY("a client registers key %2$s at %1$s for a short ttl"),
    DELETE("a client deregisters key %2$s at %1$s"),
    PULL("%1$s pulls from %3$s"),
    ASK("%1$s asks %3$s; the answer, one tie, is under way"),
    DELIVER("answer %2$s arrives"),
    REPEAT("answer %2$s arrives, and will arrive again"),
    TICK("a millisecond passes"),
    SHORT_TIME("a short ttl passes; answers under way are dropped"),
    LONG_TIME("the longest ttl passes; answers under way are dropped"),
    WIPE("%1$s loses its memory and recovers from all others"),
    STEP_BACK("the clock of %1$s is put back by 3 ms"),
    STEP_AHEAD("the clock of %1$s is put ahead by 3 ms");

    private final String phrase;

    Kind(String phrase) {
      this.phrase = phrase;
    }
  }

  static final List<String> NAMES = List.of("a", "b", "c");
  /** Most answers under way at one time. */
  static final int ANSWERS_MAX = 2;

  /** Returns all sensible steps of these kinds, for a number of nodes and keys. */
  static List<Step> of(Set<Kind> kinds, int nodes, int keys) {
    List<Step> steps = new ArrayList<>();
    for (Kind kind : kinds) {
      switch (kind) {
        case PUT, PUT_BRIEFLY, DELETE -> pairs(steps, kind, nodes, keys);
        case PULL, ASK -> pairs(steps, kind, nodes, nodes);
        case DELIVER, REPEAT -> pairs(steps, kind, 1, ANSWERS_MAX);
        case TICK, SHORT_TIME, LONG_TIME -> steps.add(new Step(kind, 0, 0));
        default -> pairs(steps, kind, nodes, 1);
      }
    }
    steps.removeIf(
        step -> (step.kind == Kind.PULL || step.kind == Kind.ASK) && step.node == step.other);
    return steps;
  }

  /** Whether the step can happen while so many answers are under way. */
  boolean isPossible(int answers) {
    return switch (kind) {
      case ASK -> answers < ANSWERS_MAX;
      case DELIVER, REPEAT -> other < answers;
      default -> true;
    };
  }

  private static void pairs(List<Step> steps, Kind kind, int nodes, int others) {
    for (int node = 0; node < nodes; node++) {
      for (int other = 0; other < others; other++) {
        steps.add(new Step(kind, node, other));
      }
    }
  }

  @Override
  public String toString() {
    return kind.phrase.formatted(NAMES.get(node), other + 1, NAMES.get(other));
  }
}

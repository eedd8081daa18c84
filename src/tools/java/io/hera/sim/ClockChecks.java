package io.hera.sim;

import io.hera.registry.ClockStatus;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The checks of P15 and P4: the agreed time of a node is right as long as the nodes with a wrong
 * wall clock are few enough for its voters, and versions go back only after it was wrong.
 *
 * <p>A wall clock may be as wrong as the plan likes. No other check is switched off by it, unless
 * an agreed time is wrong.
 */
final class ClockChecks {
  /** By how much the reading of a peer's clock may err: its tick, and half of a round trip. */
  private static final long READ_MILLIS = 4_000;

  private final World world;
  private final Allowances allowances;
  private final Checker checker;
  private final Listener listener;
  private final Set<String> wrongClocks = new HashSet<>();
  /** Node → the newest version that it had issued when it was looked at last. */
  private final Map<String, Long> last = new HashMap<>();

  /** The checks whose memories end when an agreed time changes. */
  interface Listener {
    /** The agreed time of the node is wrong, or was corrected just now. */
    void agreedTimeMoved(String node);
  }

  ClockChecks(World world, Allowances allowances, Checker checker, Listener listener) {
    this.world = world;
    this.allowances = allowances;
    this.checker = checker;
    this.listener = listener;
  }

  void booted(String node) {
    last.remove(node);
  }

  void look(SimNode node) {
    note();
    long error = errorMillis(node);
    ClockStatus status = node.inspection.clock();
    allowances.agreedTimeErrs(error);
    boolean wrong = Math.abs(error) > Allowances.AGREED_ERROR_MILLIS;
    checker.check(
        !wrong || status.voters() <= 2 * wrongVotes(),
        "P15",
        "%s has agreed on a time that is wrong by %s ms, with %s voters of which %s are wrong",
        node.name,
        error,
        status.voters(),
        wrongVotes());
    if (wrong) {
      listener.agreedTimeMoved(node.name);
    }
    versions(node);
  }

  private void versions(SimNode node) {
    long newest = node.inspection.last();
    Long before = last.put(node.name, newest);
    if (before != null && newest < before) {
      checker.check(
          allowances.agreedTimeWrong(), "S3", "%s lowers its versions from %s", node.name, before);
      allowances.versionsLowered(node.name);
      listener.agreedTimeMoved(node.name);
    }
  }

  /** Notes the wall clocks that are wrong now; they are read in ticks, so the bound is lower. */
  private void note() {
    for (SimNode wrong : world.allNodes()) {
      if (isWrong(wrong)) {
        wrongClocks.add(wrong.name);
        for (SimNode node : world.allNodes()) {
          if (confirms(node, wrong)) {
            wrongClocks.add(node.name);
          }
        }
      }
    }
  }

  private static boolean isWrong(SimNode node) {
    return Math.abs(node.clock.errorMillis()) > Allowances.MAX_SKEW_MILLIS / 2;
  }

  /** Whether a clock that is not wrong is so near to a wrong one that the two confirm each other. */
  private static boolean confirms(SimNode node, SimNode wrong) {
    long apartMillis = Math.abs(node.clock.errorMillis() - wrong.clock.errorMillis());
    return apartMillis <= Allowances.MAX_SKEW_MILLIS / 2 + READ_MILLIS;
  }

  /** Two wrong clocks may have confirmed each other, and the carried time is wrong then too. */
  private int wrongVotes() {
    return wrongClocks.size() < 2 ? wrongClocks.size() : wrongClocks.size() + 1;
  }

  /** Returns the agreed time of a node minus the true time, as of the node's last turn. */
  private static long errorMillis(SimNode node) {
    long trueMillis = SimClock.EPOCH + node.turnMillis();
    boolean started = node.inspection.nowMillis() != 0;
    return started ? node.inspection.nowMillis() - trueMillis : 0;
  }
}

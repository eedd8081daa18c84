package io.hera.torture;

import io.hera.torture.Conditions.Life;
import io.hera.torture.Event.At;
import io.hera.torture.History.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which processes must hold a write, and from when on.
 *
 * <ul>
 *   <li>The process that acknowledged it, from then on.
 *   <li>A process that could ask a holder without any fault for the <i>transit</i> time, from then
 *       on (L2). Faults are a stop of either, and a cut of the link.
 *   <li>A process that has restarted, as soon as it answers, if all the time from its start until it
 *       was ready it could ask a holder that was ready itself (P7).
 * </ul>
 *
 * <p>So two things are excused: a write whose process was killed before another one could fetch it,
 * and a reader that has been cut off from all holders since the write.
 */
final class Holders {
  private final Conditions conditions;
  private final long transit;

  Holders(Conditions conditions, long transit) {
    this.conditions = conditions;
    this.transit = transit;
  }

  /** Returns the processes that come to hold an acknowledged write before {@code end}. */
  Map<At, Long> of(Event write, long end) {
    List<Life> lives = conditions.lives().stream()
        .filter(life -> life.started() < end && life.ended() >= write.returned())
        .toList();
    Map<At, Long> since = new HashMap<>(Map.of(write.at(), write.returned()));
    boolean grows = true;
    while (grows) {
      grows = false;
      for (Life from : lives) {
        for (Life to : lives) {
          grows |= since.containsKey(from.at()) && passes(from, to, since);
        }
      }
    }
    return since;
  }

  private boolean passes(Life from, Life to, Map<At, Long> since) {
    if (from.at().node().equals(to.at().node())) {
      return false;
    }
    List<Span> obstacles = conditions.obstacles(to.at(), from.at());
    long held = since.get(from.at());
    long arrival = isRecovered(from, to, held, obstacles)
        ? to.started()
        : transited(from, to, held, obstacles);
    if (arrival >= since.getOrDefault(to.at(), Long.MAX_VALUE)) {
      return false;
    }
    since.put(to.at(), arrival);
    return true;
  }

  private static boolean isRecovered(Life from, Life to, long held, List<Span> obstacles) {
    return Math.max(held, from.ready()) <= to.started()
        && from.ended() >= to.begun()
        && obstacles.stream().noneMatch(span -> span.meets(to.started(), to.begun()));
  }

  /** Returns the end of the first transit without a fault; {@link Long#MAX_VALUE} if there is none. */
  private long transited(Life from, Life to, long held, List<Span> obstacles) {
    long start = Math.max(held, Math.max(from.ready(), to.ready()));
    long ended = Math.min(from.ended(), to.ended());
    while (start < ended && ended - start >= transit) {
      long begin = start;
      long clear = obstacles.stream()
          .filter(span -> span.meets(begin, begin + transit))
          .mapToLong(Span::to)
          .max()
          .orElse(begin);
      if (clear <= begin) {
        return begin + transit;
      }
      start = clear + 1;
    }
    return Long.MAX_VALUE;
  }
}

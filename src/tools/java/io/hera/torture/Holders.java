package io.hera.torture;

import io.hera.torture.Conditions.Life;
import io.hera.torture.Event.At;
import io.hera.torture.History.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Which processes must hold a write, and from when on.
 *
 * <ul>
 *   <li>The process that acknowledged it, from then on.
 *   <li>A process that could ask a holder without any fault for the <i>transit</i> time, from then
 *       on (L2). Faults are a stop of either, and a cut of the link.
 *   <li>A process that has restarted, as soon as it answers, if until it was ready it could ask a
 *       holder that was ready itself: all the time from its start, or for the <i>recovery</i> time
 *       if it started before its network (P7).
 * </ul>
 *
 * <p>So two things are excused: a write whose process was killed before another one could fetch it,
 * and a reader that has been cut off from all holders since the write.
 */
final class Holders {
  private final Conditions conditions;
  private final Bounds bounds;

  Holders(Conditions conditions, Bounds bounds) {
    this.conditions = conditions;
    this.bounds = bounds;
  }

  /**
   * The promised times, in milliseconds.
   *
   * @param transit in which a write reaches a node without faults
   * @param recovery in which a starting node gets what a reachable peer holds
   */
  record Bounds(long transit, long recovery) {}

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
    long arrival =
        Math.min(recovered(from, to, held, obstacles), transited(from, to, held, obstacles));
    if (arrival >= since.getOrDefault(to.at(), Long.MAX_VALUE)) {
      return false;
    }
    since.put(to.at(), arrival);
    return true;
  }

  /** Returns from when on the start was without a fault; {@link Long#MAX_VALUE} if it never was. */
  private long recovered(Life from, Life to, long held, List<Span> obstacles) {
    long last = Math.max(to.started(), to.begun() - bounds.recovery);
    return LongStream.of(to.started(), last)
        .filter(begin -> Math.max(held, from.ready()) <= begin)
        .filter(begin -> from.ended() >= to.begun())
        .filter(begin -> obstacles.stream().noneMatch(span -> span.meets(begin, to.begun())))
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }

  /** Returns the end of the first transit without a fault; {@link Long#MAX_VALUE} if there is none. */
  private long transited(Life from, Life to, long held, List<Span> obstacles) {
    long start = Math.max(held, Math.max(from.ready(), to.ready()));
    long ended = Math.min(from.ended(), to.ended());
    long transit = bounds.transit;
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

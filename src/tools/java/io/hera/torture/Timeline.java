package io.hera.torture;

import io.hera.torture.Conditions.Cut;
import io.hera.torture.Conditions.Life;
import io.hera.torture.Conditions.Stop;
import io.hera.torture.Event.At;
import io.hera.torture.History.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Records the {@link Conditions} as the driver makes them. Only the driver's thread uses it. */
final class Timeline {
  private final Map<At, Life> lives = new HashMap<>();
  private final List<Stop> stops = new ArrayList<>();
  private final List<Cut> cuts = new ArrayList<>();
  private final Map<At, Long> stopped = new HashMap<>();
  private final Map<List<String>, Long> cut = new HashMap<>();

  /** The process is about to be started. */
  void starts(At at) {
    lives.put(at, new Life(at, DriverClock.now(), Long.MAX_VALUE, Long.MAX_VALUE));
  }

  /** The process has said at this time that it is ready. */
  void isReady(At at, long time) {
    lives.computeIfPresent(
        at,
        (same, life) -> new Life(at, life.started(), Math.min(life.ready(), time), life.ended()));
  }

  /** The process is about to be ended. */
  void ends(At at) {
    lives.computeIfPresent(
        at, (same, life) -> new Life(at, life.started(), life.ready(), DriverClock.now()));
  }

  /** The process is about to be stopped. */
  void stops(At at) {
    stopped.put(at, DriverClock.now());
  }

  /** The process goes on. */
  void continues(At at) {
    stops.add(new Stop(at, since(stopped.remove(at))));
  }

  /** The link is about to lose bytes or connections, unless it does already. */
  void cuts(String asker, String asked) {
    cut.putIfAbsent(List.of(asker, asked), DriverClock.now());
  }

  /** The link is whole. */
  void isWhole(String asker, String asked) {
    Long from = cut.remove(List.of(asker, asked));
    if (from != null) {
      cuts.add(new Cut(asker, asked, since(from)));
    }
  }

  /** Returns all conditions; no process is stopped and no link cut any more. */
  Conditions conditions() {
    return new Conditions(List.copyOf(lives.values()), List.copyOf(stops), List.copyOf(cuts));
  }

  private static Span since(long from) {
    return new Span(from, DriverClock.now());
  }
}

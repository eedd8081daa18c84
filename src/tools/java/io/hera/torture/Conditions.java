package io.hera.torture;

import io.hera.torture.Event.At;
import io.hera.torture.History.Span;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the driver did to processes and links, in milliseconds of its clock. Each span begins before
 * the deed and ends after it.
 *
 * <p>Wrong clocks are not in it: they excuse nothing (P15).
 */
record Conditions(List<Life> lives, List<Stop> stops, List<Cut> cuts) {
  /**
   * A process.
   *
   * @param ready when the driver saw that it was; {@link Long#MAX_VALUE} if it did not
   * @param ended when the driver ended it; {@link Long#MAX_VALUE} if it did not
   */
  record Life(At at, long started, long ready, long ended) {
    /** Returns when its start was over, one way or the other. */
    long begun() {
      return Math.min(ready, ended);
    }
  }

  /** A span in which a process stood still. */
  record Stop(At at, Span span) {}

  /** A span in which the link over which one node asks another lost bytes or connections. */
  record Cut(String asker, String asked, Span span) {}

  List<Span> pauses() {
    return stops.stream().map(Stop::span).toList();
  }

  /** Returns the spans in which the asker could not have fetched an entry from the asked process. */
  List<Span> obstacles(At asker, At asked) {
    return Stream.concat(
            stops.stream()
                .filter(stop -> stop.at().equals(asker) || stop.at().equals(asked))
                .map(Stop::span),
            cuts.stream()
                .filter(cut -> cut.asker().equals(asker.node()) && cut.asked().equals(asked.node()))
                .map(Cut::span))
        .toList();
  }
}

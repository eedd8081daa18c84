package io.hera.store.history;

import java.util.List;

/**
 * Events that followed another one, oldest first.
 *
 * @param first number of the first event after which none is missing that was asked for, besides those that are folded
 * @param last number of the last event
 * @param reached all events up to this number that were asked for are here
 * @param events those that were asked for
 */
public record LaterEvents(long first, long last, long reached, List<HistoryEvent> events) {
  public LaterEvents {
    events = List.copyOf(events);
  }

  /**
   * Which events to return.
   *
   * @param after only events of larger numbers
   */
  public record Request(EventQuery query, long after) {}
}

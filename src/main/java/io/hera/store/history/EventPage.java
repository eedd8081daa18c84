package io.hera.store.history;

import java.util.List;

/**
 * Events of a node.
 *
 * @param first number of the first event after which none is missing of the services asked for, besides those that are folded
 * @param last number of the last event; 0 before the first
 * @param events those that were asked for
 */
public record EventPage(long first, long last, List<HistoryEvent> events) {
  /**
   * Which events to return.
   *
   * @param before only events of smaller numbers
   * @param max how many, the newest ones first
   */
  public record Request(EventQuery query, long before, int max) {}
}

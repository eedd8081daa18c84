package io.hera.store.history;

import java.util.Map;

/**
 * Which events are gone, by service, so that a reader of one service misses nothing when another one loses events. Events that are
 * folded into later ones are not lost. Owned by {@link History}.
 *
 * <p>It knows the services that have events, and is bounded with them. What services without events have lost is taken for a loss of
 * all: a reader may be said to have missed what it has not, never the other way round.
 */
final class Losses {
  private final Map<String, ServiceEvents> services;
  /** The largest number of an event lost whose service is not known. */
  private long ofAny;

  private long largest;
  private String largestOf = "";

  /** {@code services} are those that have events, by name. */
  Losses(Map<String, ServiceEvents> services) {
    this.services = services;
  }

  /** A service has lost an event, which is later than those that it had lost before. */
  void lose(ServiceEvents service, HistoryEvent event) {
    service.lost = event.number();
    if (service.lost > largest) {
      largest = service.lost;
      largestOf = event.service();
    }
  }

  /** A service has no events any more. */
  void end(ServiceEvents service) {
    loseAny(service.lost);
  }

  /** Events up to a number are lost, of services that are not known. */
  void loseAny(long number) {
    ofAny = Math.max(ofAny, number);
  }

  /** Returns the largest number of an event lost that a reader may have wanted; 0 if there is none. */
  long last(EventQuery query) {
    return Math.max(ofAny, query.service().map(this::ofService).orElseGet(() -> ofMany(query)));
  }

  private long ofService(String name) {
    ServiceEvents service = services.get(name);
    return service == null ? 0 : service.lost;
  }

  /** The largest number of all mostly is the one: few readers may see some services only. */
  private long ofMany(EventQuery query) {
    if (largest <= ofAny || query.concerns(largestOf)) {
      return largest;
    }
    return services.entrySet().stream()
        .filter(entry -> entry.getValue().lost > ofAny && query.concerns(entry.getKey()))
        .mapToLong(entry -> entry.getValue().lost)
        .max()
        .orElse(0);
  }
}

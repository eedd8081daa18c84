package io.hera.store.history;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which events are gone, by service, so that a reader of one service misses nothing when another one loses events. Events that are
 * folded into later ones are not lost. Owned by {@link History}.
 *
 * <p>It knows the services that have events, and is bounded with them. What services without events have lost is taken for a loss of
 * all: a reader may be said to have missed what it has not, never the other way round.
 */
final class Losses {
  /** Service → the largest number of an event that it has lost. */
  private final Map<String, Long> ofService = new HashMap<>();

  private final NavigableMap<Long, String> byNumber = new TreeMap<>();
  /** The largest number of an event lost whose service is not known. */
  private long ofAny;

  /** A service has lost an event, which is later than those that it had lost before. */
  void lose(String service, long number) {
    forget(service);
    ofService.put(service, number);
    byNumber.put(number, service);
  }

  /** A service has no events any more. */
  void end(String service) {
    forget(service).ifPresent(this::loseAny);
  }

  /** Events up to a number are lost, of services that are not known. */
  void loseAny(long number) {
    ofAny = Math.max(ofAny, number);
  }

  private Optional<Long> forget(String service) {
    Optional<Long> number = Optional.ofNullable(ofService.remove(service));
    number.ifPresent(byNumber::remove);
    return number;
  }

  /** Returns the largest number of an event lost that a reader may have wanted; 0 if there is none. */
  long last(EventQuery query) {
    long last = query.service().isPresent()
        ? ofService.getOrDefault(query.service().get(), 0L)
        : byNumber.descendingMap().entrySet().stream()
            .filter(loss -> query.concerns(loss.getValue()))
            .mapToLong(Map.Entry::getKey)
            .findFirst()
            .orElse(0);
    return Math.max(ofAny, last);
  }
}

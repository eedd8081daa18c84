package io.hera.store.history;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which events a reader wants. Everything that is given must hold.
 *
 * @param services those that the reader may see; events of the whole node are seen by all
 */
public record EventQuery(
    Optional<String> service,
    Optional<String> id,
    Optional<EventType> type,
    Optional<String> origin,
    Predicate<String> services) {
  /** Everything. */
  public static final EventQuery ALL = new EventQuery(
      Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), any -> true);

  /** Whether an event is wanted. */
  public boolean matches(HistoryEvent event) {
    return concerns(event.service())
        && isOrAny(id, event.id())
        && isOrAny(type, event.type())
        && isOrAny(origin, event.origin());
  }

  /** Whether events of a service may be wanted; empty for events of the whole node. */
  boolean concerns(String name) {
    return isOrAny(service, name) && (name.isEmpty() || services.test(name));
  }

  private static <T> boolean isOrAny(Optional<T> wanted, T found) {
    return wanted.isEmpty() || wanted.get().equals(found);
  }
}

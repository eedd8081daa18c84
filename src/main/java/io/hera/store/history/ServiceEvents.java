package io.hera.store.history;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The events of one service, and those of each of its instances. Owned by {@link History}. */
final class ServiceEvents {
  /** Events of one instance within {@link #FOLD_MILLIS} that are kept one by one. */
  static final int SINGLE_MAX = 20;

  static final long FOLD_MILLIS = 600_000;

  final EventSequence events = new EventSequence();
  private final Map<String, InstanceEvents> ofInstance = new HashMap<>();
  private final Flapping flapping;

  /** The largest number of an event that it has lost. Owned by {@link Losses}. */
  long lost;

  /** The neighbours among the services of as many events. Owned by {@link BySize}. */
  @Nullable
  ServiceEvents previous;

  @Nullable
  ServiceEvents next;

  ServiceEvents(Flapping flapping) {
    this.flapping = flapping;
  }

  int size() {
    return events.size();
  }

  /** Whether the newest event of an instance is to be folded into one at this time. */
  boolean folds(String id, long atMillis) {
    InstanceEvents instance = ofInstance.get(id);
    return instance != null
        && instance.size() > SINGLE_MAX
        && atMillis - instance.before(SINGLE_MAX).atMillis() < FOLD_MILLIS;
  }

  /** Returns the newest event of an instance that has one. */
  HistoryEvent newest(String id) {
    return Objects.requireNonNull(ofInstance.get(id)).newest();
  }

  void add(HistoryEvent event) {
    events.add(event);
    InstanceEvents instance =
        ofInstance.computeIfAbsent(event.id(), any -> new InstanceEvents(events));
    instance.add(event);
    flapping.changed(instance);
  }

  void remove(HistoryEvent event) {
    events.remove(event.number());
    InstanceEvents instance = Objects.requireNonNull(ofInstance.get(event.id()));
    instance.remove(event);
    flapping.changed(instance);
    if (instance.size() == 0) {
      ofInstance.remove(event.id());
    }
  }
}

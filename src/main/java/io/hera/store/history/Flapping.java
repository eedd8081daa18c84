package io.hera.store.history;

import java.util.HashSet;
import java.util.Set;

/** The instances that have ended often: only their events are looked at to count those that flap now. Owned by {@link History}. */
final class Flapping {
  /** The number of ends from which on an instance is flapping. */
  static final int ENDS_MIN = 5;

  private final Set<InstanceEvents> often = new HashSet<>();

  /** Notes that an event of an instance has come or gone. */
  void changed(InstanceEvents instance) {
    if (instance.ends() >= ENDS_MIN) {
      often.add(instance);
    } else if (!often.isEmpty()) {
      often.remove(instance);
    }
  }

  /** Returns how many instances have ended {@value #ENDS_MIN} times or more since a time. */
  int count(long sinceMillis) {
    return (int) often.stream()
        .filter(instance -> instance.hasEnded(ENDS_MIN, sinceMillis))
        .count();
  }
}

package io.hera.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many instances of each service are of some kind that is rare. The store verticle writes it; any
 * thread may read it.
 */
public final class InstanceCounts {
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();

  /** Returns the number of a service, mostly 0. */
  public int of(String service) {
    return counts.getOrDefault(service, 0);
  }

  /** Returns whether there are any. */
  public boolean any() {
    return !counts.isEmpty();
  }

  void set(String service, int count) {
    if (count == 0) {
      counts.remove(service);
    } else {
      counts.put(service, count);
    }
  }
}

package io.hera.store.history;

import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Services by the number of their events: a list per number, linked through the services, so that a service moves from one list to the
 * end of the next without a search. Owned by {@link History}.
 */
final class BySize {
  private final @Nullable ServiceEvents[] heads;
  private final @Nullable ServiceEvents[] tails;
  /** No service has more events; lowered only when it is asked for, since one that moves on is removed first. */
  private int largest;

  /** For services of at most {@code sizeMax} events. */
  BySize(int sizeMax) {
    heads = new @Nullable ServiceEvents[sizeMax + 1];
    tails = new @Nullable ServiceEvents[sizeMax + 1];
  }

  /** Adds a service that is in no list. */
  void add(ServiceEvents service) {
    int size = service.size();
    join(size, tails[size], service);
    join(size, service, null);
    largest = Math.max(largest, size);
  }

  /** Removes a service from its list, before the number of its events changes. */
  void remove(ServiceEvents service) {
    join(service.size(), service.previous, service.next);
  }

  /** Makes two services neighbours in a list; null stands for its ends. */
  private void join(int size, @Nullable ServiceEvents former, @Nullable ServiceEvents latter) {
    if (former == null) {
      heads[size] = latter;
    } else {
      former.next = latter;
    }
    if (latter == null) {
      tails[size] = former;
    } else {
      latter.previous = former;
    }
  }

  /** Returns, of the services with most events, the one that has so many for the longest time; there is one. */
  ServiceEvents largest() {
    while (largest > 0 && heads[largest] == null) {
      largest--;
    }
    ServiceEvents found = heads[largest];
    if (found == null) {
      throw new NoSuchElementException("no service has events");
    }
    return found;
  }
}

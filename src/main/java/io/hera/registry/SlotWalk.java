package io.hera.registry;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A way through the instances of some services, or of all, which goes on in later turns. Each step is small.
 * An instance that comes meanwhile may be left out, and one that has gone may be passed.
 *
 * <p>A service that is added while the way leads through it is gone through once more after that, and so are
 * all: however often they are added, the way goes on.
 */
final class SlotWalk {
  private static final Slot[] NONE = {};

  private final Set<String> services = new LinkedHashSet<>();
  /** Services of the present way through all of them, from {@link #nextOfAll} on. */
  private List<String> all = List.of();

  private int nextOfAll;
  /** Whether a way through all services is to begin after the present one. */
  private boolean allWaits;

  private String current = "";
  private Slot[] slots = NONE;
  private int next;

  /** Goes through a service too. */
  void add(String service) {
    services.add(service);
  }

  /** Goes through all services. */
  void addAll() {
    allWaits = true;
  }

  /** Leaves out the rest of the present service. */
  void skip() {
    current = "";
    slots = NONE;
    next = 0;
  }

  boolean isPending() {
    return next < slots.length || !services.isEmpty() || nextOfAll < all.size() || allWaits;
  }

  /** Returns the service of the last step. */
  String current() {
    return current;
  }

  /** Takes a step; returns the entry of an instance, or null if the step leads to another service. */
  @Nullable
  Slot step(Map<String, Service> index) {
    if (next < slots.length) {
      return slots[next++];
    }
    skip();
    if (!services.isEmpty()) {
      String service = services.iterator().next();
      services.remove(service);
      enter(index.get(service));
    } else if (nextOfAll < all.size()) {
      enter(index.get(all.get(nextOfAll++)));
    } else if (allWaits) {
      allWaits = false;
      all = List.copyOf(index.keySet());
      nextOfAll = 0;
    }
    return null;
  }

  private void enter(@Nullable Service service) {
    current = service == null ? "" : service.name;
    slots = service == null ? NONE : service.registrations();
  }
}

package io.hera.registry;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GET} shows: per key the winner among all replicas (PROTOCOL P2). Owned by {@link Registry}.
 *
 * <p>It is also the one index from key to slot: the slots of all origins on a key hang in a chain, the winner first, so a
 * write finds its own earlier word and the one shown with a single look-up.
 */
final class View {
  private final Map<String, Service> services = new HashMap<>();
  private final ViewListener listener;
  private int instances;
  private int servicesShown;

  View(ViewListener listener) {
    this.listener = listener;
  }

  /** How many instances are shown. */
  int instances() {
    return instances;
  }

  /** How many services show an instance. */
  int services() {
    return servicesShown;
  }

  @Nullable
  Service service(String name) {
    return services.get(name);
  }

  Service serviceToWrite(String name) {
    return services.computeIfAbsent(name, Service::new);
  }

  @Nullable
  Slot winner(Key key) {
    Service service = services.get(key.service());
    return service == null ? null : service.winner(key.id());
  }

  @Nullable
  Slot slot(Key key, Replica replica) {
    Service service = services.get(key.service());
    return service == null ? null : service.slot(key.id(), replica);
  }

  /** Gives ids in byte order with their documents. */
  void forEach(String service, BiConsumer<String, byte[]> reader) {
    Service found = services.get(service);
    if (found != null) {
      for (Slot slot : found.ordered()) {
        reader.accept(slot.id, slot.document);
      }
    }
  }

  /** Services that show an instance, in byte order, with the number of instances. */
  SortedMap<String, Integer> counts() {
    SortedMap<String, Integer> counts = new TreeMap<>(Key.BYTE_ORDER);
    for (Service service : services.values()) {
      if (service.shown() > 0) {
        counts.put(service.name, service.shown());
      }
    }
    return counts;
  }

  /** A slot is new or has changed; {@code before} is what was shown for its key until then. */
  void placed(Slot slot, byte @Nullable [] before) {
    slot.service.place(slot);
    settle(slot, before);
  }

  /** A slot is no more. */
  void taken(Slot slot, byte @Nullable [] before) {
    slot.service.take(slot);
    settle(slot, before);
    if (slot.service.isEmpty()) {
      services.remove(slot.service.name);
    }
  }

  private void settle(Slot slot, byte @Nullable [] before) {
    Service service = slot.service;
    byte[] after = service.shown(slot.id);
    if (Arrays.equals(before, after)) {
      return;
    }
    count(service, (after == null ? 0 : 1) - (before == null ? 0 : 1));
    listener.changed(new Key(service.name, slot.id), before, after);
  }

  private void count(Service service, int difference) {
    if (difference != 0) {
      boolean shownBefore = service.shown() > 0;
      service.count(difference);
      instances += difference;
      servicesShown += (service.shown() > 0 ? 1 : 0) - (shownBefore ? 1 : 0);
    }
  }
}

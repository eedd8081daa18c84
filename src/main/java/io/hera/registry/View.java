package io.hera.registry;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
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
  private final ContentHash hash;
  private final ViewListener listener;
  private int instances;
  private int servicesShown;
  private ContentVersion content = ContentVersion.NONE;

  View(ContentHash hash, ViewListener listener) {
    this.hash = hash;
    this.listener = listener;
  }

  /** Of everything that is shown. */
  ContentVersion content() {
    return content;
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

  /** What is shown for a key at the moment: to be taken before one of its slots changes. */
  Shown shown(Slot slot) {
    Slot winner = slot.service.winner(slot.id);
    byte[] document = slot.service.shown(slot.id);
    return new Shown(winner, winner == null ? 0 : winner.version, document);
  }

  /** The winner of a key, a tombstone perhaps, its version, and the document shown. */
  record Shown(@Nullable Slot winner, long version, byte @Nullable [] document) {}

  /** A slot is new or has changed; {@code before} is what was shown for its key until then. */
  void placed(Slot slot, Shown before) {
    slot.service.place(slot);
    settle(slot, before);
  }

  /** A slot is no more. */
  void taken(Slot slot, Shown before) {
    slot.service.take(slot);
    settle(slot, before);
    if (slot.service.isEmpty()) {
      services.remove(slot.service.name);
    }
  }

  private void settle(Slot slot, Shown before) {
    Service service = slot.service;
    Slot winner = service.winner(slot.id);
    ContentVersion counted = before.winner == null ? null : before.winner.content;
    if (before.winner != null) {
      before.winner.content = null;
    }
    byte[] after = service.shown(slot.id);
    boolean same = Arrays.equals(before.document, after);
    ContentVersion now =
        same ? counted : after == null ? null : hash.of(service.name, slot.id, after);
    if (winner != null) {
      winner.content = now;
    }
    if (!same) {
      boolean news = !Objects.equals(counted, now);
      if (news) {
        service.content(exchanged(service.content(), counted, now));
        content = exchanged(content, counted, now);
      }
      count(service, (after == null ? 0 : 1) - (before.document == null ? 0 : 1));
      String origin = (after == null || winner == null ? slot : winner).replica.origin;
      listener.changed(new ViewChange(
          new Key(service.name, slot.id),
          before.document,
          after,
          kind(slot, before, after),
          origin,
          news));
    }
  }

  /** A tombstone has its own version; what expired keeps the one it had, or is dropped. */
  private static ViewChange.Kind kind(Slot slot, Shown before, byte @Nullable [] after) {
    if (before.document == null) {
      return ViewChange.Kind.REGISTERED;
    }
    if (after != null) {
      return ViewChange.Kind.UPDATED;
    }
    boolean over = slot.version == 0 || slot.version == before.version;
    return slot == before.winner && over ? ViewChange.Kind.EXPIRED : ViewChange.Kind.DEREGISTERED;
  }

  private static ContentVersion exchanged(
      ContentVersion sum, @Nullable ContentVersion less, @Nullable ContentVersion more) {
    ContentVersion rest = less == null ? sum : sum.minus(less);
    return more == null ? rest : rest.plus(more);
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

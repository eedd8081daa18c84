package io.hera.registry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The winner per key over all replicas (P2), and the counts and content sums of the instances that
 * win. Clients read the view. Owned by {@link Registry}, whose thread alone reads it; only
 * {@link Slots} changes it.
 *
 * <p>The view is also the only index from key to slot. The slots of all origins on a key form a
 * chain with the winner first, so a write finds the winner and its own previous entry with one
 * look-up.
 *
 * <p>An <i>instance of the view</i> is a key whose winner is a registration; a tombstone wins to
 * hide the entries below it.
 */
public final class View {
  private final Map<String, Service> services = new HashMap<>();
  private final ContentHash hash;
  private final ViewListener listener;
  private final LongSupplier bootMillis;
  private final ShownMarks marks;
  private int instanceCount;
  private int serviceCount;
  private ContentVersion content = ContentVersion.NONE;

  View(ContentHash hash, ViewListener listener, Silences silences, LongSupplier bootMillis) {
    this.hash = hash;
    this.listener = listener;
    this.marks = new ShownMarks(silences, listener);
    this.bootMillis = bootMillis;
  }

  /** Returns the document of an instance, or null. */
  public byte @Nullable [] document(Key key) {
    Service service = services.get(key.service());
    return service == null ? null : service.document(key.id());
  }

  /** Passes each instance of a service, ids in byte order, with its document to {@code reader}. */
  public void forEachInstance(String service, BiConsumer<String, byte[]> reader) {
    Service found = services.get(service);
    if (found != null) {
      for (Slot slot : found.ordered()) {
        reader.accept(slot.id, slot.document);
      }
    }
  }

  /**
   * An instance as it was at one moment.
   *
   * @param document the registry's own, not to be modified
   * @param ttlMillis the ttl that its client chose; 0 if it chose none
   */
  public record Instance(String id, byte[] document, long ttlMillis) {}

  /** Returns the instances of a service, in no particular order: to sort many would take long. */
  public List<Instance> instances(String service) {
    Service found = services.get(service);
    return found == null
        ? List.of()
        : found.registered().map(slot -> instance(slot)).toList();
  }

  private static Instance instance(Slot slot) {
    return new Instance(slot.id, slot.document, slot.ttlChosen ? slot.ttlMillis : 0);
  }

  /** Returns the content of one instance; {@link ContentVersion#NONE} if it is not shown. */
  public ContentVersion content(String service, String id) {
    Slot winner = winner(new Key(service, id));
    return winner == null || winner.content == null ? ContentVersion.NONE : winner.content;
  }

  /** Returns the services with the number of their instances, in no particular order. */
  public List<Map.Entry<String, Integer>> counts() {
    List<Map.Entry<String, Integer>> counts = new ArrayList<>(serviceCount);
    for (Service service : services.values()) {
      if (service.instanceCount() > 0) {
        counts.add(Map.entry(service.name, service.instanceCount()));
      }
    }
    return counts;
  }

  /** Returns the services with instances, in byte order, with the number of their instances. */
  public SortedMap<String, Integer> instanceCounts() {
    SortedMap<String, Integer> counts = new TreeMap<>(Key.BYTE_ORDER);
    for (Service service : services.values()) {
      if (service.instanceCount() > 0) {
        counts.put(service.name, service.instanceCount());
      }
    }
    return counts;
  }

  /** Returns the number of instances of a service. */
  public int instanceCount(String service) {
    Service found = services.get(service);
    return found == null ? 0 : found.instanceCount();
  }

  /** Returns the number of instances. */
  public int instanceCount() {
    return instanceCount;
  }

  /** Returns the number of services with at least one instance. */
  public int serviceCount() {
    return serviceCount;
  }

  /** Returns how many instances are from a snapshot, and not confirmed since (P14). */
  public int restoredCount() {
    return marks.restoredCount();
  }

  /** Returns how many instances of a service are from a snapshot, and not confirmed since (P14). */
  public int restoredCount(String service) {
    Service found = services.get(service);
    return found == null ? 0 : found.restoredCount();
  }

  /** Returns the silent instances, and when a slot becomes one. */
  Silences silences() {
    return marks.silences();
  }

  /** Returns the content of all instances of a service. */
  public ContentVersion content(String service) {
    Service found = services.get(service);
    return found == null ? ContentVersion.NONE : found.content();
  }

  /** Returns the content of all instances. */
  public ContentVersion content() {
    return content;
  }

  /** Returns the service, which may hold tombstones only. */
  @Nullable
  Service service(String name) {
    return services.get(name);
  }

  /** Returns the service, a new one if there is none yet: for a caller that is about to write. */
  Service openService(String name) {
    return services.computeIfAbsent(name, Service::new);
  }

  /** Returns the winner of a key, a registration or a tombstone. */
  @Nullable
  Slot winner(Key key) {
    Service service = services.get(key.service());
    return service == null ? null : service.winner(key.id());
  }

  /** Returns the instance that is shown at this time, or null. */
  @Nullable
  InstanceView instance(Key key, TurnClock time) {
    Slot winner = winner(key);
    if (winner == null || !winner.registered()) {
      return null;
    }
    long remainingMillis = winner.deadlineMillis - time.millisOf(winner.replica);
    ContentVersion shown = Objects.requireNonNull(winner.content);
    return new InstanceView(
        winner.document,
        Math.max(0, remainingMillis),
        winner.ttlMillis,
        winner.replica.origin,
        shown,
        winner.restored);
  }

  /** Returns the entry of one origin on a key. */
  @Nullable
  Slot slot(Key key, Replica replica) {
    Service service = services.get(key.service());
    return service == null ? null : service.slot(key.id(), replica);
  }

  /** Returns the present state of the slot's key. */
  KeyState stateOf(Slot slot) {
    return KeyState.of(slot, marks.of(slot.service.winner(slot.id)));
  }

  /** Takes up a slot that was written; {@code before} is the state of its key until then. */
  void written(Slot slot, KeyState before) {
    slot.service.place(slot);
    settle(slot, before);
  }

  /** Removes a slot that was dropped; {@code before} is the state of its key until then. */
  void dropped(Slot slot, KeyState before) {
    slot.service.remove(slot);
    settle(slot, before);
    if (slot.service.isEmpty()) {
      services.remove(slot.service.name);
    }
  }

  /**
   * Brings counts and content sums up to date, and notifies the listener if the document changed.
   */
  private void settle(Slot slot, KeyState before) {
    Service service = slot.service;
    ContentVersion counted = before.winner() == null ? null : before.winner().content;
    if (before.winner() != null) {
      before.winner().content = null;
    }
    Slot winner = service.winner(slot.id);
    byte[] after = service.document(slot.id);
    boolean same = Arrays.equals(before.document(), after);
    ContentVersion now = same ? counted : contentOf(slot, after);
    if (winner != null) {
      winner.content = now;
    }
    if (!same) {
      exchange(service, counted, now);
      count(service, (after == null ? 0 : 1) - (before.document() == null ? 0 : 1));
      listener.changed(change(slot, before, new Change.Contents(counted, now)));
    } else if (after != null && slot == winner && before.hasMovedTo(slot)) {
      listener.moved(change(slot, before, new Change.Contents(now, now)));
    }
    marks.changed(service, before.marks(), marks.of(winner));
  }

  private Change change(Slot slot, KeyState before, Change.Contents contents) {
    byte[] after = slot.service.document(slot.id);
    return before.change(slot, after, contents, bootMillis.getAsLong());
  }

  private @Nullable ContentVersion contentOf(Slot slot, byte @Nullable [] document) {
    return document == null ? null : hash.of(slot.service.name, slot.id, document);
  }

  private void exchange(
      Service service, @Nullable ContentVersion less, @Nullable ContentVersion more) {
    if (!Objects.equals(less, more)) {
      service.content(exchanged(service.content(), less, more));
      content = exchanged(content, less, more);
    }
  }

  private static ContentVersion exchanged(
      ContentVersion sum, @Nullable ContentVersion less, @Nullable ContentVersion more) {
    ContentVersion rest = less == null ? sum : sum.minus(less);
    return more == null ? rest : rest.plus(more);
  }

  private void count(Service service, int difference) {
    if (difference != 0) {
      boolean hadInstances = service.instanceCount() > 0;
      service.count(difference);
      instanceCount += difference;
      serviceCount += (service.instanceCount() > 0 ? 1 : 0) - (hadInstances ? 1 : 0);
    }
  }
}

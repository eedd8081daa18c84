package io.hera.registry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
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
 * hide the entries below it. It is <i>shown</i> if no drain hides it (P18): {@link Showing} alone asks, and
 * everything that clients read follows from it. A drain is an entry of the same kind, under a service of
 * its own that is not counted.
 */
public final class View {
  private final Map<String, Service> services = new HashMap<>();
  private final ViewCounts counts = new ViewCounts();
  private final ShownMarks marks;
  private final DrainIndex drains;
  private final Showing showing;

  View(ContentHash hash, ViewListener listener, Silences silences, LongSupplier bootMillis) {
    this.marks = new ShownMarks(silences, listener);
    this.drains = new DrainIndex(hash);
    this.showing = new Showing(services, counts, marks, drains, hash, listener, bootMillis);
  }

  /** Which instances a reader gets. */
  public enum Extent {
    /** Those that are shown. */
    SHOWN,
    /** Those that drains hide too (P18). */
    ALL
  }

  /** Returns the document of an instance that is shown, or null. */
  public byte @Nullable [] document(Key key) {
    Slot winner = winner(key);
    return winner != null && winner.shown() ? winner.document : null;
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
   * @param drained the reason of a drain that hides it; empty if it is shown (P18)
   */
  public record Instance(String id, byte[] document, long ttlMillis, Optional<String> drained) {}

  /** Returns the instances of a service, in no particular order: to sort many would take long. */
  public List<Instance> instances(String service, Extent extent) {
    Service found = services.get(service);
    if (found == null || found.ofDrains) {
      return List.of();
    }
    Stream<Slot> slots =
        extent == Extent.SHOWN ? found.shown() : Arrays.stream(found.registrations());
    return slots.map(this::instance).toList();
  }

  private Instance instance(Slot slot) {
    return new Instance(slot.id, slot.document, slot.ttlChosen ? slot.ttlMillis : 0, reason(slot));
  }

  /** Returns the reason of a drain that hides the instance of a slot that wins. */
  static Optional<String> reason(Slot slot) {
    return slot.drainedBy.isEmpty() ? Optional.empty() : Optional.of(slot.drainedBy.get(0).reason);
  }

  /** Returns a drain that hides an instance, if one does. */
  public Optional<Drains.Hiding> hiding(Key key) {
    return Optional.ofNullable(winner(key))
        .flatMap(slot -> slot.drainedBy.stream()
            .findFirst()
            .map(drain -> new Drains.Hiding(drain.slot.id, drain.reason, drain.by)));
  }

  /** Returns the content of one instance; {@link ContentVersion#NONE} if it is not shown. */
  public ContentVersion content(String service, String id) {
    Slot winner = winner(new Key(service, id));
    return winner == null || winner.content == null || !winner.shown()
        ? ContentVersion.NONE
        : winner.content;
  }

  /** Returns the services with the number of their instances, in no particular order. */
  public List<Map.Entry<String, Integer>> counts(Extent extent) {
    List<Map.Entry<String, Integer>> some = new ArrayList<>(counts.registeredServices());
    for (Service service : services.values()) {
      int count = extent == Extent.SHOWN ? service.instanceCount() : service.registeredCount();
      if (count > 0) {
        some.add(Map.entry(service.name, count));
      }
    }
    return some;
  }

  /** Returns the services with instances, in byte order, with the number of their instances. */
  public SortedMap<String, Integer> instanceCounts() {
    SortedMap<String, Integer> ordered = new TreeMap<>(Key.BYTE_ORDER);
    counts(Extent.SHOWN).forEach(count -> ordered.put(count.getKey(), count.getValue()));
    return ordered;
  }

  /** Returns the number of instances of a service. */
  public int instanceCount(String service) {
    Service found = services.get(service);
    return found == null ? 0 : found.instanceCount();
  }

  /** Returns the number of instances. */
  public int instanceCount() {
    return counts.shown();
  }

  /** Returns the number of instances of a service that drains hide (P18). */
  public int drainedCount(String service) {
    Service found = services.get(service);
    return found == null ? 0 : found.drainedCount();
  }

  /** Returns the number of services with at least one instance. */
  public int serviceCount() {
    return counts.shownServices();
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
    return counts.content();
  }

  /** Whether drains are in force (P18). */
  public boolean hasDrains() {
    return drains.size() > 0;
  }

  /** Returns the content of all instances, with the drains in force: what two nodes compare. */
  ContentVersion compared() {
    return counts.content().plus(drains.content());
  }

  /** Returns all counts. */
  ViewCounts all() {
    return counts;
  }

  /** Returns the drains in force. */
  DrainIndex drains() {
    return drains;
  }

  /** Returns the part that decides which instances are shown. */
  Showing showing() {
    return showing;
  }

  /** Returns the services by name, that of the drains among them. */
  Map<String, Service> services() {
    return services;
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

  /** Returns the instance at this time, drained or not; or null. */
  @Nullable
  InstanceView instance(Key key, TurnClock time) {
    Slot winner = winner(key);
    if (winner == null || !winner.registered()) {
      return null;
    }
    long remainingMillis = winner.deadlineMillis - time.millisOf(winner.replica);
    return instance(winner, Math.max(0, remainingMillis));
  }

  /** Returns an instance that was registered or renewed in the present turn, so that its whole ttl is left; empty if there is none. */
  public Optional<InstanceView> renewed(Key key) {
    Slot winner = winner(key);
    return winner == null || !winner.registered()
        ? Optional.empty()
        : Optional.of(instance(winner, winner.ttlMillis));
  }

  private InstanceView instance(Slot winner, long expiresInMillis) {
    return new InstanceView(
        winner.document,
        expiresInMillis,
        winner.ttlMillis,
        winner.replica.origin,
        Objects.requireNonNull(winner.content),
        winner.restored,
        reason(winner));
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
    showing.settle(slot, before);
  }

  /** Removes a slot that was dropped; {@code before} is the state of its key until then. */
  void dropped(Slot slot, KeyState before) {
    slot.service.remove(slot);
    showing.settle(slot, before);
    if (slot.service.isEmpty()) {
      services.remove(slot.service.name);
    }
  }
}

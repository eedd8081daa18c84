package io.hera.registry;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One service of the {@link View}, which owns it. Per id it holds the chain of the entries of all
 * origins, in descending order: the winner first (P2).
 */
final class Service {
  private static final Comparator<Slot> BY_ID =
      Comparator.comparing(slot -> slot.id, Key.BYTE_ORDER);

  /** Instances that are sorted in a fraction of a millisecond. */
  private static final int SORTED_MAX = 1_000;

  final String name;
  /** Whether its ids are those of drains, and not of instances (P18). */
  final boolean ofDrains;

  private final Map<String, Slot> winners = new HashMap<>();
  private int registeredCount;
  private int drainedCount;
  private int restoredCount;
  private int ownShown;
  private int ownSilent;
  private long silentSince;
  private ContentVersion content = ContentVersion.NONE;
  private Slot @Nullable [] ordered;

  Service(String name) {
    this.name = name;
    this.ofDrains = name.equals(Drains.SERVICE);
  }

  /** Returns the number of ids whose winner is a registration that no drain hides. */
  int instanceCount() {
    return registeredCount - drainedCount;
  }

  /** Returns the number of ids whose winner is a registration. */
  int registeredCount() {
    return registeredCount;
  }

  /** Returns the number of ids whose winner is a registration that a drain hides (P18). */
  int drainedCount() {
    return drainedCount;
  }

  /** Returns the number of ids whose winner is a registration from a snapshot (P14). */
  int restoredCount() {
    return restoredCount;
  }

  void countRestored(int difference) {
    restoredCount += difference;
  }

  /** Returns the number of own registrations that win. */
  int ownShown() {
    return ownShown;
  }

  /** Returns how many of those are silent. */
  int ownSilent() {
    return ownSilent;
  }

  void countOwn(int shown, int silent) {
    ownShown += shown;
    ownSilent += silent;
  }

  /** Returns the agreed unix time since which most of them are silent; 0 if that is not so. */
  long silentSince() {
    return silentSince;
  }

  void silentSince(long millis) {
    silentSince = millis;
  }

  /** Returns the number of ids with an entry, be it a tombstone. */
  int keyCount() {
    return winners.size();
  }

  /** Whether no origin has an entry, not even a tombstone. */
  boolean isEmpty() {
    return winners.isEmpty();
  }

  /** Returns the winner of an id, a registration or a tombstone. */
  @Nullable
  Slot winner(String id) {
    return winners.get(id);
  }

  /** Returns the entry of one origin on an id. */
  @Nullable
  Slot slot(String id, Replica replica) {
    Slot slot = winners.get(id);
    while (slot != null && slot.replica != replica) {
      slot = slot.rival;
    }
    return slot;
  }

  /** Returns the document of an instance; null if the winner is not a registration. */
  byte @Nullable [] document(String id) {
    Slot winner = winners.get(id);
    return winner != null && winner.registered() ? winner.document : null;
  }

  /** Puts a new or changed slot where it belongs in its chain. */
  void place(Slot slot) {
    Slot winner = winners.get(slot.id);
    if (winner == slot && (slot.rival == null || slot.isLaterThan(slot.rival))) {
      return;
    }
    Slot first = insert(without(winner, slot), slot);
    if (first != winner) {
      winners.put(slot.id, first);
      ordered = null;
    }
  }

  /** Removes a slot from its chain. */
  void remove(Slot slot) {
    Slot winner = winners.get(slot.id);
    Slot first = without(winner, slot);
    if (first == null) {
      winners.remove(slot.id);
    } else if (first != winner) {
      winners.put(slot.id, first);
    }
    ordered = null;
  }

  /** Counts a registration that came, {@code difference} = 1, or that went, −1. */
  void count(int difference) {
    registeredCount += difference;
    ordered = null;
  }

  /** Counts a registration that a drain hides now, {@code difference} = 1, or no longer, −1. */
  void countDrained(int difference) {
    drainedCount += difference;
    ordered = null;
  }

  /** Returns the sum of the contents of the instances that are shown. */
  ContentVersion content() {
    return content;
  }

  void content(ContentVersion changed) {
    content = changed;
  }

  /**
   * Returns the instances that are shown, ids in byte order. They are sorted again only if one came or
   * went.
   */
  Slot[] ordered() {
    if (ordered == null) {
      ordered = winners.values().stream().filter(Slot::shown).toArray(Slot[]::new);
      Arrays.sort(ordered, BY_ID);
    }
    return ordered;
  }

  /** Returns the instances that are shown, in order if they are few or the order is known. */
  Stream<Slot> shown() {
    return ordered == null && instanceCount() > SORTED_MAX
        ? winners.values().stream().filter(Slot::shown)
        : Arrays.stream(ordered());
  }

  /** Returns all registrations that win, in no particular order. */
  Slot[] registrations() {
    return winners.values().stream().filter(Slot::registered).toArray(Slot[]::new);
  }

  /** Passes the entries of all origins to {@code reader}. */
  void forEachSlot(Consumer<Slot> reader) {
    for (Slot winner : winners.values()) {
      for (Slot at = winner; at != null; at = at.rival) {
        reader.accept(at);
      }
    }
  }

  private static @Nullable Slot without(@Nullable Slot first, Slot slot) {
    if (first == slot) {
      Slot rest = slot.rival;
      slot.rival = null;
      return rest;
    }
    for (Slot at = first; at != null; at = at.rival) {
      if (at.rival == slot) {
        at.rival = slot.rival;
        slot.rival = null;
      }
    }
    return first;
  }

  private static Slot insert(@Nullable Slot first, Slot slot) {
    if (first == null || slot.isLaterThan(first)) {
      slot.rival = first;
      return slot;
    }
    Slot at = first;
    while (at.rival != null && at.rival.isLaterThan(slot)) {
      at = at.rival;
    }
    slot.rival = at.rival;
    at.rival = slot;
    return first;
  }
}

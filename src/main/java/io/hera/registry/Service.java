package io.hera.registry;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that is known of one service: per id the chain of what the origins say, the winner first. Part of {@link View}. */
final class Service {
  private static final Comparator<Slot> BY_ID =
      Comparator.comparing(slot -> slot.id, Key.BYTE_ORDER);

  final String name;
  private final Map<String, Slot> winners = new HashMap<>();
  private int shown;
  private ContentVersion content = ContentVersion.NONE;
  private Slot @Nullable [] ordered;

  Service(String name) {
    this.name = name;
  }

  /** How many instances are shown. */
  int shown() {
    return shown;
  }

  boolean isEmpty() {
    return winners.isEmpty();
  }

  @Nullable
  Slot winner(String id) {
    return winners.get(id);
  }

  /** What {@code replica} says of the instance. */
  @Nullable
  Slot slot(String id, Replica replica) {
    Slot slot = winners.get(id);
    while (slot != null && slot.replica != replica) {
      slot = slot.rival;
    }
    return slot;
  }

  /** The document shown for the instance, or null. */
  byte @Nullable [] shown(String id) {
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

  void take(Slot slot) {
    Slot winner = winners.get(slot.id);
    Slot first = without(winner, slot);
    if (first == null) {
      winners.remove(slot.id);
    } else if (first != winner) {
      winners.put(slot.id, first);
    }
    ordered = null;
  }

  /** Something began or ceased to be shown: {@code difference} is 1 or −1. */
  void count(int difference) {
    shown += difference;
    ordered = null;
  }

  /** Of all instances that are shown. */
  ContentVersion content() {
    return content;
  }

  void content(ContentVersion changed) {
    content = changed;
  }

  /** The instances shown, ids in byte order. Sorted again only after one has come or gone. */
  Slot[] ordered() {
    if (ordered == null) {
      ordered = winners.values().stream().filter(Slot::registered).toArray(Slot[]::new);
      Arrays.sort(ordered, BY_ID);
    }
    return ordered;
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

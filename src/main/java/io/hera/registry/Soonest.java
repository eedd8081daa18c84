package io.hera.registry;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;

/**
 * The instances of a service that expire first, looked for in parts. The order of deadlines is kept for
 * no reader, so each search goes through the service. What changes meanwhile may be missed.
 */
public final class Soonest {
  /** Entries of a service that one turn copies: a fraction of a millisecond. */
  static final int COPIED_MAX = 10_000;

  private final Entries entries;
  private final String service;
  private final View.Extent extent;
  private final int limit;
  private final SlotSteps steps;
  /** Those found so far, the last to expire first. */
  private final Queue<Due> found =
      new PriorityQueue<>(Comparator.comparingLong(Due::dueMillis).reversed());

  private final Set<Slot> slots = new HashSet<>();

  Soonest(Entries entries, String service, View.Extent extent, int limit) {
    this.entries = entries;
    this.service = service;
    this.extent = extent;
    this.limit = limit;
    this.steps = entries.steps(service, COPIED_MAX);
  }

  /** An entry, and when it was to expire as it was passed, boot time. */
  private record Due(Slot slot, long dueMillis) {
    static Due of(Slot slot) {
      return new Due(slot, slot.replica.dueMillis(slot.deadlineMillis));
    }
  }

  /** Looks at a bounded number of entries; returns whether more are to be looked at. */
  public boolean look(int looksMax) {
    for (int left = looksMax; left > 0 && steps.isPending(); left--) {
      Slot slot = steps.step();
      if (slot != null && slot.service.name.equals(service) && entries.isInstance(slot, extent)) {
        take(slot);
      }
    }
    return steps.isPending();
  }

  /** An entry may be passed twice. */
  private void take(Slot slot) {
    if (slots.add(slot)) {
      found.add(Due.of(slot));
      if (found.size() > limit) {
        slots.remove(found.remove().slot);
      }
    }
  }

  /** Returns those found that are still there, the soonest first. */
  public List<InstanceEntry> found() {
    return slots.stream()
        .filter(slot -> entries.isInstance(slot, extent))
        .map(Due::of)
        .sorted(Comparator.comparingLong(Due::dueMillis)
            .thenComparing(due -> due.slot.id, Key.BYTE_ORDER))
        .map(due -> new InstanceEntry(due.slot.id, entries.entry(due.slot)))
        .toList();
  }
}

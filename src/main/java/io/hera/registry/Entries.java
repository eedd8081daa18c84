package io.hera.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads the entries themselves, for operators who ask why an instance is shown or not, and for how
 * long. Owned by {@link Registry}.
 */
public final class Entries {
  private static final int COUNTED_MAX = 1_000;

  private final View view;
  private final Membership membership;
  private final Expiry expiry;
  private final TurnClock time;

  Entries(View view, Membership membership, Expiry expiry, TurnClock time) {
    this.view = view;
    this.membership = membership;
    this.expiry = expiry;
    this.time = time;
  }

  /** Returns the entries of all origins on a key, the winner first. */
  public List<KeyEntry> of(Key key) {
    expiry.expireIfDue(view, key);
    List<KeyEntry> all = new ArrayList<>();
    for (Slot at = view.winner(key); at != null; at = at.rival) {
      all.add(entry(at));
    }
    return all;
  }

  /** Returns the entry behind an instance; empty if the reader does not get it. */
  public Optional<InstanceEntry> instance(Key key, View.Extent extent) {
    expiry.expireIfDue(view, key);
    Slot winner = view.winner(key);
    return winner != null && isRead(winner, extent)
        ? Optional.of(new InstanceEntry(winner.id, entry(winner)))
        : Optional.empty();
  }

  /** Returns how many entries of the own origin have versions above {@code from} and up to {@code to}, at most a thousand. */
  public int ownBetween(long from, long to) {
    Slot at = from < to ? membership.own().after(from) : null;
    int count = 0;
    while (at != null && at.version <= to && count < COUNTED_MAX) {
      count++;
      at = at.newer;
    }
    return count;
  }

  /** Returns a search for the {@code limit} instances of a service that expire first. */
  public Soonest soonest(String service, View.Extent extent, int limit) {
    return new Soonest(this, service, extent, limit);
  }

  /** Returns a way through all instances of these services that a reader of this extent gets. */
  public InstanceWalk walk(View.Extent extent, Predicate<String> services) {
    return new InstanceWalk(this, extent, services, new EntryWalk(membership.replicas()));
  }

  /** Returns the way to all entries of a service; that of a large one leads through all services. */
  SlotSteps steps(String service, int copiedMax) {
    Service found = view.service(service);
    return found != null && found.keyCount() > copiedMax
        ? new EntryWalk(membership.replicas())
        : SlotSteps.through(view, service);
  }

  /** Whether a reader of this extent gets the instance of the slot now. */
  boolean isInstance(Slot slot, View.Extent extent) {
    return slot.service.winner(slot.id) == slot && isRead(slot, extent) && !expiry.isDue(slot);
  }

  private static boolean isRead(Slot slot, View.Extent extent) {
    return extent == View.Extent.ALL ? slot.registered() : slot.shown();
  }

  /** Returns the entry in a slot. */
  KeyEntry entry(Slot slot) {
    boolean wins = slot.service.winner(slot.id) == slot;
    return new KeyEntry(
        slot.replica.origin,
        state(slot),
        slot.version,
        Math.max(0, time.bootMillis() - slot.acceptedMillis()),
        slot.ttlMillis,
        slot.registered() && slot.ttlChosen,
        slot.document.length,
        wins && slot.shown(),
        slot.restored,
        wins ? View.reason(slot) : Optional.empty());
  }

  /** A registration that another origin hides may be due before its purge comes to it. */
  private KeyEntry.State state(Slot slot) {
    if (slot.registered()) {
      return expiry.isDue(slot) ? KeyEntry.State.EXPIRED : KeyEntry.State.REGISTERED;
    }
    return slot.leftByExpiry ? KeyEntry.State.EXPIRED : KeyEntry.State.REMOVED;
  }
}

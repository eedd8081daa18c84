package io.hera.registry;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one place where an entry is written or dropped. It keeps the order of the replica, the view,
 * the deadline wheel and the counts in step. Owned by {@link Registry}; the callers decide what to
 * change.
 *
 * <p><i>What an expired registration leaves behind.</i> If all instances have the same ttl,
 * nothing: an older entry on the key, of whatever origin, has expired before. If clients choose
 * ttls, an older entry may outlive a newer one. The view would then show the older one again, here
 * or on a node that missed the newer one during its short life. A registration whose ttl is below
 * the longest one met therefore leaves a tombstone at its own version. It is kept until a
 * registration with that longest ttl, accepted at the same time, would have expired. A node that
 * held the registration creates this tombstone by itself; any other node gets it with a delta.
 */
final class Slots {
  /** Where the ttl of a registration comes from: the setting {@code liveness}, or its client. */
  enum TtlSource {
    LIVENESS,
    CLIENT
  }

  private static final int EXPIRED_SLACK = 1_000;

  private final View view;
  private final DeadlineWheel wheel = new DeadlineWheel();
  private long bytes;
  private long tombstones;
  private final LongestTtl longestTtl;
  /** Tombstones that expiries have left, oldest first; some have gone since. */
  private final Deque<Slot> expired = new ArrayDeque<>();

  Slots(View view, long livenessMillis) {
    this.view = view;
    this.longestTtl = new LongestTtl(livenessMillis);
  }

  /** Returns the bytes of all documents and ids held. */
  long bytes() {
    return bytes;
  }

  /** Returns the number of tombstones held, without those of drains. */
  long tombstones() {
    return tombstones;
  }

  /** Returns the longest ttl met here: a registration accepted longer ago than this has expired. */
  long longestTtlMillis() {
    return longestTtl.millis();
  }

  /** Returns the origin's slot for the key; a new one stays unlinked until it is written. */
  Slot open(Key key, Replica replica) {
    Service service = view.openService(key.service());
    Slot slot = service.slot(key.id(), replica);
    return slot == null ? new Slot(service, key.id(), replica) : slot;
  }

  /**
   * Writes a registration.
   *
   * @param acceptedMillis when the origin accepted it, on the scale of the replica's time
   */
  void register(
      Slot slot,
      byte[] document,
      long version,
      TtlSource source,
      long ttlMillis,
      long acceptedMillis) {
    if (!slot.isDrain()) {
      longestTtl.met(ttlMillis);
    }
    slot.ttlChosen = source == TtlSource.CLIENT;
    slot.leftByExpiry = false;
    write(slot, Slot.State.REGISTERED, document, version, ttlMillis, acceptedMillis);
  }

  /** Notes that a registration, which was written just now, comes from a snapshot (P14). */
  void flagRestored(Slot slot) {
    KeyState before = view.stateOf(slot);
    slot.restored = true;
    countRestored(slot, 1);
    view.written(slot, before);
  }

  /** Writes a tombstone, which is kept for {@code keepMillis} from its acceptance. */
  void remove(Slot slot, long version, long keepMillis, long acceptedMillis) {
    slot.leftByExpiry = false;
    bury(slot, version, keepMillis, acceptedMillis);
  }

  /**
   * Writes a tombstone that another node has sent. One at the version of the registration was left by
   * an expiry there: an origin gives no version twice that a peer holds (P1).
   */
  void receiveTombstone(Slot slot, long version, long keepMillis, long acceptedMillis) {
    slot.leftByExpiry = slot.registered() && slot.version == version;
    bury(slot, version, keepMillis, acceptedMillis);
  }

  /** Writes a tombstone that a snapshot has (P14). */
  void restoreTombstone(Slot slot, long version, long keepMillis, long acceptedMillis) {
    receiveTombstone(slot, version, keepMillis, acceptedMillis);
    slot.buriedBefore = true;
  }

  private void bury(Slot slot, long version, long keepMillis, long acceptedMillis) {
    write(slot, Slot.State.TOMBSTONE, Slot.NO_DOCUMENT, version, keepMillis, acceptedMillis);
  }

  /** Gives an entry a later version. Its deadline stays. */
  void lift(Slot slot, long version) {
    KeyState before = view.stateOf(slot);
    slot.replica.unlink(slot);
    slot.version = version;
    slot.replica.link(slot);
    view.written(slot, before);
  }

  /** Keeps a tombstone, and sends it to peers, for {@code millis} longer. */
  void prolong(Slot slot, long millis) {
    slot.ttlMillis += millis;
    slot.deadlineMillis += millis;
    schedule(slot, slot.replica.dueMillis(slot.deadlineMillis));
  }

  /**
   * Expires a registration that had {@code version}. A tombstone takes its place for as long as an
   * older entry may be alive; if none can be, the slot is dropped. An older entry that a peer has
   * restored lives longer than its ttl tells (P14).
   */
  void expire(Slot slot, long version, long ttlMillis, long acceptedMillis) {
    long longestMillis = slot.isDrain() ? Drains.TTL_MILLIS : longestTtl.millis();
    if (slot.isDrain() && ttlMillis < longestMillis) {
      bury(slot, version, longestMillis, acceptedMillis);
    } else if (ttlMillis < longestMillis || slot.hidesRestored()) {
      slot.leftByExpiry = true;
      bury(slot, version, longestMillis, acceptedMillis);
      expired.add(slot);
    } else {
      drop(slot);
    }
  }

  /** Drops the oldest tombstone that an expiry has left; returns whether there was one. */
  boolean dropOldestExpired() {
    for (Slot slot = expired.poll(); slot != null; slot = expired.poll()) {
      if (slot.linked() && slot.leftByExpiry) {
        drop(slot);
        return true;
      }
    }
    return false;
  }

  /** Lets time pass for the longest ttl, and forgets expired slots that have gone. */
  void pass(long bootMillis) {
    longestTtl.pass(bootMillis);
    if (expired.size() > 2 * tombstones + EXPIRED_SLACK) {
      expired.removeIf(slot -> !slot.linked() || !slot.leftByExpiry);
    }
  }

  /** Removes the slot from all structures. */
  void drop(Slot slot) {
    drop(slot, Slot.State.UNLINKED);
  }

  /** Removes a slot that should never have been written, since its version is from the future (P3). */
  void retract(Slot slot) {
    drop(slot, Slot.State.RETRACTED);
  }

  /** Removes a slot whose entry has ended while this node was down (P14). */
  void endedElsewhere(Slot slot) {
    drop(slot, Slot.State.ABSENT);
  }

  private void drop(Slot slot, Slot.State state) {
    if (!slot.linked()) {
      return;
    }
    KeyState before = view.stateOf(slot);
    count(slot, -1);
    wheel.cancel(slot);
    slot.replica.unlink(slot);
    confirm(slot);
    slot.state = state;
    view.dropped(slot, before);
  }

  /** Schedules a slot again whose deadline has not passed: an own registration may be silent now. */
  void reschedule(Slot slot, long bootMillis) {
    if (view.silences().nextMillis(slot) <= bootMillis) {
      KeyState before = view.stateOf(slot);
      slot.silent = true;
      view.written(slot, before);
    }
    wheel.schedule(slot, view.silences().nextMillis(slot));
  }

  /** Lets {@link #poll} return the slot at {@code dueMillis}, boot time. */
  void schedule(Slot slot, long dueMillis) {
    wheel.schedule(slot, dueMillis);
  }

  /** Returns a slot that may be silent, or whose deadline may have passed; null when there is none. */
  @Nullable
  Slot poll(long bootMillis) {
    return wheel.poll(bootMillis);
  }

  /**
   * Passes the slots to {@code reader} that may be overdue although {@link #poll} returned null.
   */
  void forEachNext(Consumer<Slot> reader) {
    wheel.forEachNext(reader);
  }

  /**
   * Gives an own winner a new version, with which it stays the winner (P4, P8).
   *
   * @param near an entry that was below the place of the new version, where the search begins
   */
  void restamp(Slot slot, long version, @Nullable Slot near) {
    slot.replica.unlink(slot);
    slot.version = version;
    slot.replica.link(slot, near);
  }

  private void write(
      Slot slot,
      Slot.State state,
      byte[] document,
      long version,
      long ttlMillis,
      long acceptedMillis) {
    KeyState before = view.stateOf(slot);
    boolean stays = slot.linked() && slot.version == version;
    if (slot.linked()) {
      count(slot, -1);
    }
    if (stays) {
      slot.replica.count(slot, -1);
    } else if (slot.linked()) {
      slot.replica.unlink(slot);
    }
    confirm(slot);
    slot.buriedBefore = false;
    slot.state = state;
    slot.document = SharedDocuments.shared(document, before.document(), slot.document);
    slot.version = version;
    slot.ttlMillis = ttlMillis;
    slot.deadlineMillis = acceptedMillis + ttlMillis;
    count(slot, 1);
    if (stays) {
      slot.replica.count(slot, 1);
    } else {
      slot.replica.link(slot);
    }
    wheel.schedule(slot, view.silences().nextMillis(slot));
    view.written(slot, before);
  }

  private static void confirm(Slot slot) {
    slot.silent = false;
    if (slot.restored) {
      slot.restored = false;
      countRestored(slot, -1);
    }
  }

  /** A restored drain does not end by its absence (P18): its origin need not be asked for because of it. */
  private static void countRestored(Slot slot, int difference) {
    if (!slot.isDrain()) {
      slot.replica.countRestored(difference);
    }
  }

  /** Counts a document that the entries of several origins share once. */
  private void count(Slot slot, int sign) {
    bytes +=
        sign * (slot.id.length() + (SharedDocuments.isShared(slot) ? 0L : slot.document.length));
    tombstones += slot.registered() || slot.isDrain() ? 0 : sign;
  }
}

package io.hera.registry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one place where a slot changes: keeps its replica's order, the view, the deadline wheel and the counts in step. Owned
 * by {@link Registry}, which decides what is to change.
 *
 * <p>What an expired registration leaves behind: in a registry where all instances have the same ttl nothing, since an older
 * word on the key, from whatever origin, has expired before. With chosen ttls an older word may outlive a newer one and would
 * be shown again, here or on a node that missed the newer one in its short life. So a registration whose ttl is below the
 * longest in use leaves a tombstone of its own version until that time is over. Whoever has had the registration has made
 * that tombstone by itself; whoever has not is told.
 */
final class Slots {
  private final View view;
  private final DeadlineWheel wheel = new DeadlineWheel();
  private long bytes;
  private long tombstones;
  private long longestTtlMillis;

  Slots(View view, long livenessMillis) {
    this.view = view;
    this.longestTtlMillis = livenessMillis;
  }

  /** Bytes of all documents and ids held. */
  long bytes() {
    return bytes;
  }

  /** Slots that hide and do not show. */
  long tombstones() {
    return tombstones;
  }

  /** The longest life that anything here has had: nothing accepted longer ago can still be registered. */
  long longestTtlMillis() {
    return longestTtlMillis;
  }

  /** The origin's slot for the key; a new one is in no structure until it is written. */
  Slot open(Key key, Replica replica) {
    Service service = view.serviceToWrite(key.service());
    Slot slot = service.slot(key.id(), replica);
    return slot == null ? new Slot(service, key.id(), replica) : slot;
  }

  /**
   * Here it is.
   *
   * @param acceptedMillis in the replica's time, when the origin accepted it
   */
  void register(Slot slot, byte[] document, long version, long ttlMillis, long acceptedMillis) {
    longestTtlMillis = Math.max(longestTtlMillis, ttlMillis);
    write(slot, Slot.State.REGISTERED, document, version, ttlMillis, acceptedMillis);
  }

  /** It is gone, and that is to be known for {@code keepMillis}. */
  void remove(Slot slot, long version, long keepMillis, long acceptedMillis) {
    write(slot, Slot.State.REMOVED, Slot.NO_DOCUMENT, version, keepMillis, acceptedMillis);
  }

  /** A tombstone stays for {@code millis} more than it was to, and is told of for as long. */
  void prolong(Slot slot, long millis) {
    slot.ttlMillis += millis;
    slot.deadline += millis;
    revisit(slot, slot.replica.due(slot.deadline));
  }

  /** It has expired at {@code version}: something stays for as long as an older word may be alive. */
  void expire(Slot slot, long version, long ttlMillis, long acceptedMillis) {
    if (ttlMillis < longestTtlMillis) {
      remove(slot, version, longestTtlMillis, acceptedMillis);
    } else {
      drop(slot);
    }
  }

  /** Nothing is left of it. */
  void drop(Slot slot) {
    if (slot.version == 0) {
      return;
    }
    View.Shown before = view.shown(slot);
    count(slot, -1);
    wheel.cancel(slot);
    slot.replica.unlink(slot);
    slot.version = 0;
    view.taken(slot, before);
  }

  /** Looks at the slot again at {@code dueMillis}, monotonic. */
  void revisit(Slot slot, long dueMillis) {
    wheel.schedule(slot, dueMillis);
  }

  /** Gives the slots that may be over although {@link #poll} has given all it has. */
  void forEachNext(Consumer<Slot> reader) {
    wheel.forEachNext(reader);
  }

  /** A slot whose deadline may have passed, to be expired or revisited; null when there is none. */
  @Nullable
  Slot poll(long monotonicMillis) {
    return wheel.poll(monotonicMillis);
  }

  /**
   * Gives the words of the own replica new versions from {@code clock} on, in the order they had (P4, P8). Each stays above
   * the rival that it hides; one that is hidden itself goes, since a new version would put it above what hides it.
   */
  void restamp(Replica replica, HybridClock clock) {
    List<Slot> shown = new ArrayList<>(replica.size());
    List<Slot> hidden = new ArrayList<>();
    for (Slot at = replica.oldest(); at != null; at = at.newer) {
      (at.service.winner(at.id) == at ? shown : hidden).add(at);
    }
    hidden.forEach(this::drop);
    shown.forEach(replica::unlink);
    for (Slot slot : shown) {
      slot.version = clock.tick(0, slot.rival == null ? 0 : slot.rival.version, slot.cost(), 0);
      replica.link(slot);
    }
  }

  private void write(
      Slot slot, Slot.State state, byte[] document, long version, long ttlMillis, long accepted) {
    View.Shown before = view.shown(slot);
    if (slot.version != 0) {
      count(slot, -1);
      slot.replica.unlink(slot);
    }
    slot.state = state;
    slot.document = known(document, before.document(), slot.document);
    slot.version = version;
    slot.ttlMillis = ttlMillis;
    slot.deadline = accepted + ttlMillis;
    count(slot, 1);
    slot.replica.link(slot);
    wheel.schedule(slot, slot.replica.due(slot.deadline));
    view.placed(slot, before);
  }

  /** The array that is here already, if its bytes are the same: a heartbeat without news keeps the old one. */
  private static byte[] known(byte[] document, byte @Nullable [] shown, byte[] stored) {
    if (shown != null && Arrays.equals(document, shown)) {
      return shown;
    }
    return Arrays.equals(document, stored) ? stored : document;
  }

  private void count(Slot slot, int sign) {
    bytes += sign * slot.size();
    tombstones += slot.registered() ? 0 : sign;
  }
}

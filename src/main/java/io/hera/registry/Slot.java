package io.hera.registry;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entry of one origin on one key, as it is stored: a registration or a tombstone.
 *
 * <p>A slot is a member of three structures at once. Their links are fields of the slot itself, so
 * a renewal relinks the slot and allocates nothing. One class changes each field:
 *
 * <table>
 *   <caption>Fields and the classes that change them</caption>
 *   <tr><td>{@code state}, {@code document}, {@code version}, {@code deadlineMillis}, {@code
 *       ttlMillis}, {@code ttlChosen}, {@code leftByExpiry}, {@code restored}, {@code
 *       silent}, {@code buriedBefore}</td>
 *       <td>{@link Slots}</td></tr>
 *   <tr><td>{@code older}, {@code newer}, {@code marked}: the version order of the replica</td>
 *       <td>{@link Replica}</td></tr>
 *   <tr><td>{@code rival}: the entries of all origins on the key</td><td>{@link Service}</td></tr>
 *   <tr><td>{@code content}: what the content sums of the view contain; {@code drainedBy}</td>
 *       <td>{@link Showing}</td></tr>
 *   <tr><td>{@code wheelTick}, {@code wheelPrevious}, {@code wheelNext}</td>
 *       <td>{@link DeadlineWheel}</td></tr>
 * </table>
 */
final class Slot {
  /** What a slot holds. */
  enum State {
    /** Nothing: the slot is in none of the structures. */
    UNLINKED,
    /** Nothing any more: the entry was dropped, since its version is from the future (P3). */
    RETRACTED,
    /** Nothing any more: the entry was dropped, since a peer does not have it (P14). */
    ABSENT,
    /** A registration. */
    REGISTERED,
    /** A tombstone, written by a deregistration or left by an expiry; it hides older entries. */
    TOMBSTONE
  }

  static final byte[] NO_DOCUMENT = {};
  static final int NOT_SCHEDULED = -1;

  /** Approximate bytes of an entry on the wire, besides its names and its document. */
  private static final int PAGE_OVERHEAD_BYTES = 48;

  final Service service;
  final String id;
  final Replica replica;

  State state = State.UNLINKED;
  byte[] document = NO_DOCUMENT;
  long version;
  /** On the scale of the replica's time, {@link Replica#millisAt}. */
  long deadlineMillis;
  /** From acceptance to deadline; for a tombstone, how long it is kept. */
  long ttlMillis;
  /** Whether it is a tombstone that an expiry has left, which makes room for others (P12). */
  boolean leftByExpiry;
  /** Whether the client chose this ttl; otherwise it is {@code liveness}. */
  boolean ttlChosen;
  /** Whether it is a registration from a snapshot that nothing has confirmed since (P14). */
  boolean restored;
  /** Whether it is an own registration that has not been renewed for half of its life here. */
  boolean silent;
  /** Whether it is a tombstone from a snapshot, which a clock that is behind does not take away (P14). */
  boolean buriedBefore;
  /**
   * The share of this slot in the content sums, unless it is drained; null unless it is a registration
   * that wins.
   */
  @Nullable
  ContentVersion content;

  /** The drains that hide this instance (P18); none unless it is a registration that wins. */
  List<Drain> drainedBy = List.of();

  /** Whether the replica's index of marks points to this slot. */
  boolean marked;

  @Nullable
  Slot older;

  @Nullable
  Slot newer;

  /** The next lower entry on the same key, of another origin. */
  @Nullable
  Slot rival;

  @Nullable
  Slot wheelPrevious;

  @Nullable
  Slot wheelNext;
  /** The tick at which the wheel returns this slot, or {@link #NOT_SCHEDULED}. */
  int wheelTick = NOT_SCHEDULED;

  Slot(Service service, String id, Replica replica) {
    this.service = service;
    this.id = id;
    this.replica = replica;
  }

  boolean linked() {
    return state == State.REGISTERED || state == State.TOMBSTONE;
  }

  boolean registered() {
    return state == State.REGISTERED;
  }

  /** Whether this is a registration that no drain hides (P18); of use if it wins. */
  boolean shown() {
    return state == State.REGISTERED && drainedBy.isEmpty();
  }

  /** Whether this is a drain, and not about an instance (P18). */
  boolean isDrain() {
    return service.ofDrains;
  }

  boolean scheduled() {
    return wheelTick != NOT_SCHEDULED;
  }

  /**
   * Whether this slot wins over {@code other}, the entry of another origin on the same key (P2).
   */
  boolean isLaterThan(Slot other) {
    return version != other.version
        ? version > other.version
        : replica.origin.compareTo(other.replica.origin) > 0;
  }

  /** Whether {@code entry}, of the same origin and key, replaces this slot (P2). */
  boolean isOlderThan(Entry entry) {
    if (entry.version() != version) {
      return entry.version() > version;
    }
    if (entry instanceof Registration registration) {
      return registered() && Arrays.compareUnsigned(registration.document(), document) > 0;
    }
    return registered();
  }

  /**
   * Whether this registration is from a snapshot, and {@code entry} says that it is alive (P14): a node of
   * 2012 passes on ended ones too.
   */
  boolean isConfirmedBy(Entry entry) {
    return restored && isSameAs(entry) && entry.ageMillis() < ((Registration) entry).ttlMillis();
  }

  /** Whether {@code entry}, of the same origin and key, is this registration, and not from a snapshot. */
  boolean isSameAs(Entry entry) {
    return registered()
        && entry.version() == version
        && entry instanceof Registration registration
        && !registration.restored()
        && Arrays.equals(registration.document(), document);
  }

  /**
   * Returns the boot time at which the last registration that this slot hides expires; 0 if it
   * hides none. A registration that arrived late may live longer than this tombstone was to be
   * kept.
   */
  long hidesUntilMillis() {
    long until = 0;
    for (Slot at = rival; at != null; at = at.rival) {
      until = at.registered() ? Math.max(until, at.replica.dueMillis(at.deadlineMillis)) : until;
    }
    return until;
  }

  /** Whether this slot hides a registration from a snapshot that nothing has confirmed since (P14). */
  boolean hidesRestored() {
    Slot at = rival;
    while (at != null && !at.restored) {
      at = at.rival;
    }
    return at != null;
  }

  /** Returns when its origin accepted the entry, boot time. */
  long acceptedMillis() {
    return replica.dueMillis(deadlineMillis) - ttlMillis;
  }

  /**
   * Returns the share of this slot in the {@link Checksum} of its replica. Older nodes know no drains,
   * and have to come to the same sum.
   */
  long hash() {
    return registered() && !isDrain() ? Checksum.hash(service.name, id, version) : 0;
  }

  /**
   * Whether this registration becomes a tombstone when it expires.
   *
   * @param longestTtlMillis the longest ttl of an instance that was met
   */
  boolean leavesTombstone(long longestTtlMillis) {
    return ttlMillis < (isDrain() ? Drains.TTL_MILLIS : longestTtlMillis);
  }

  /** Returns the bytes that this slot takes of a page. */
  long pageBytes() {
    return pageBytes(document.length);
  }

  /** Returns the bytes that this slot would take of a page with a document of that size. */
  long pageBytes(int documentBytes) {
    return (long) documentBytes + id.length() + service.name.length() + PAGE_OVERHEAD_BYTES;
  }
}

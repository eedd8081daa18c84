package io.hera.registry;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The place of one origin's word on one key: an {@link Entry} at rest. Changed by {@link Slots} only.
 *
 * <p>It is a member of three structures at once, which is why the links are its own: the version order of its replica
 * ({@code older}, {@code newer}), the deadline wheel ({@code wheelPrevious}, {@code wheelNext}) and the chain of what other
 * origins say on the same key ({@code rival}, the next lower word). A renewal relinks it and allocates nothing.
 */
final class Slot {
  /** What the slot says. */
  enum State {
    /** Here it is. */
    REGISTERED,
    /** It was deregistered, or has expired while older words may still live: hides what is older. */
    REMOVED
  }

  static final byte[] NO_DOCUMENT = {};

  /** What an entry costs on the wire beyond its names and document, about. */
  private static final int PAGE_OVERHEAD = 48;

  final Service service;
  final String id;
  final Replica replica;

  State state = State.REMOVED;
  byte[] document = NO_DOCUMENT;
  long version;
  /** In milliseconds of the replica's own time, {@link Replica#timeAt}. */
  long deadline;
  /** From acceptance to deadline. For a tombstone: how long it is kept. */
  long ttlMillis;
  /** The client asked for this ttl; else it is {@code liveness} and follows it. */
  boolean ttlChosen;
  /** What is counted in the view's sums for this; null unless it is shown. */
  @Nullable
  ContentVersion content;

  /** Whether the replica's index of marks points here. */
  boolean marked;

  @Nullable
  Slot older;

  @Nullable
  Slot newer;

  @Nullable
  Slot rival;

  @Nullable
  Slot wheelPrevious;

  @Nullable
  Slot wheelNext;
  /** When the wheel comes by, in ticks; negative when it does not. */
  int visit = -1;

  Slot(Service service, String id, Replica replica) {
    this.service = service;
    this.id = id;
    this.replica = replica;
  }

  boolean registered() {
    return state == State.REGISTERED;
  }

  /** Whether this wins over {@code other}, another origin's word on the same key (P2). */
  boolean isLaterThan(Slot other) {
    return version != other.version
        ? version > other.version
        : replica.origin.compareTo(other.replica.origin) > 0;
  }

  /** Whether {@code entry}, of the same origin and key, is news to this slot (P2). */
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
   * When, in monotonic time, the last registration that would be shown without this is due; 0 when there is none. One that has
   * come late may live longer than what was known when this tombstone was made.
   */
  long hidesUntil() {
    long until = 0;
    for (Slot at = rival; at != null; at = at.rival) {
      until = at.registered() ? Math.max(until, at.replica.due(at.deadline)) : until;
    }
    return until;
  }

  long size() {
    return (long) document.length + id.length();
  }

  /** Its share of its replica's {@link Checksum}. */
  long hash() {
    return registered() ? Checksum.hash(service.name, id, version) : 0;
  }

  /** What it costs in a page. */
  long cost() {
    return cost(document.length);
  }

  /** What it would cost in a page with a document of so many bytes. */
  long cost(int documentBytes) {
    return (long) documentBytes + id.length() + service.name.length() + PAGE_OVERHEAD;
  }
}

package io.hera.registry;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the absence of restored entries from the answers of peers says (P14): such an entry has ended
 * while this node was down, if a peer that has everything of its origin up to there does not name it.
 * Owned by {@link Registry}.
 *
 * <p>Only a whole exchange that began at 0 tells. A peer tells nothing of entries from before its own
 * life, as it may have lost its memory, nor of an origin of which it has restored entries itself. So
 * each peer is asked from 0 once, as long as entries of an origin are restored.
 */
final class Absences {
  /** A megabyte. */
  private static final int ENDED_OWN_MAX = 10_000;

  private final Membership membership;
  private final View view;
  private final Slots slots;
  /** Peers of which a whole exchange has ended that asked for everything. */
  private final Set<String> told = new HashSet<>();

  private final Map<Lane, Map<String, Long>> complete = new HashMap<>();
  private final Map<Replica, Ended> ended = new HashMap<>();
  /** Own entries that have ended, key → version, the newest ones. */
  private final Map<Key, Long> endedOwn = new LinkedHashMap<>() {
    @Override
    protected boolean removeEldestEntry(Map.Entry<Key, Long> eldest) {
      return size() > ENDED_OWN_MAX;
    }
  };

  private String teller = "";

  Absences(Membership membership, View view, Slots slots) {
    this.membership = membership;
    this.view = view;
    this.slots = slots;
  }

  /**
   * The exchanges with one peer that may go on side by side: pages of all origins, and those of one
   * alone.
   *
   * @param origin empty for all
   */
  private record Lane(String peer, String origin) {
    static Lane of(String peer, Digest asked) {
      Set<String> origins = asked.horizons().keySet();
      return new Lane(peer, origins.size() == 1 ? origins.iterator().next() : "");
    }
  }

  /** Restored entries above {@code from} and up to {@code to} have ended, as a peer tells. */
  private record Ended(long from, long to, String peer) {}

  /** A pull from a peer begins; returns whether it is to ask for everything of the origins with restored entries. */
  boolean asksForAll(String peer) {
    complete.remove(new Lane(peer, ""));
    return !told.contains(peer)
        && membership.replicas().stream().anyMatch(replica -> replica.restored() > 0);
  }

  /**
   * Lets a pull go on where the peer has told everything, which may be below what another one has brought
   * meanwhile.
   *
   * @param digest what would be asked for otherwise
   */
  Digest goesOn(String peer, Digest digest) {
    Map<String, Long> reached = complete.get(new Lane(peer, ""));
    if (reached == null) {
      return digest;
    }
    Map<String, Long> horizons = new TreeMap<>(digest.horizons());
    reached.forEach(
        (origin, to) -> horizons.computeIfPresent(origin, (any, at) -> Math.min(at, to)));
    return new Digest(horizons);
  }

  /**
   * A peer of this version has answered a request, and its answer was merged.
   *
   * @param since when the life of the peer began, by the agreed time; 0 if that is unknown
   * @param origins those that it may answer for
   */
  void answered(String peer, long since, Digest asked, Delta answer, Set<String> origins) {
    Lane lane = Lane.of(peer, asked);
    Map<String, Long> reached = complete.getOrDefault(lane, new HashMap<>());
    for (OriginDelta part : answer.origins()) {
      Replica replica = undecided(part, origins);
      if (replica == null) {
        reached.remove(part.origin());
      } else if (begins(part, asked) <= reached.getOrDefault(part.origin(), 0L)) {
        reached.merge(part.origin(), part.to(), Math::max);
      }
    }
    if (answer.more()) {
      complete.put(lane, reached);
      return;
    }
    complete.remove(lane);
    if (lane.origin.isEmpty()) {
      told.add(peer);
    }
    if (since > 0) {
      reached.forEach((origin, to) ->
          ended.merge(membership.replica(origin), new Ended(since, to, peer), Absences::both));
    }
  }

  /** Returns the replica of which the part may tell which entries have ended; null if it tells nothing. */
  private @Nullable Replica undecided(OriginDelta part, Set<String> origins) {
    if (!origins.contains(part.origin()) || part.restored() || !membership.isKnown(part.origin())) {
      return null;
    }
    Replica replica = membership.replica(part.origin());
    return replica.restored() == 0 || namesRestored(part, replica) ? null : replica;
  }

  /** Whether the part names an entry that is still restored, or a later one: it was refused here, and is alive there. */
  private boolean namesRestored(OriginDelta part, Replica replica) {
    for (Entry entry : part.entries()) {
      Slot slot = view.slot(entry.key(), replica);
      if (slot != null && slot.restored && entry.version() >= slot.version) {
        return true;
      }
    }
    return false;
  }

  private static long begins(OriginDelta part, Digest asked) {
    long from = asked.horizons().getOrDefault(part.origin(), Long.MAX_VALUE);
    return part.reset() ? part.from() : Math.max(from, part.from());
  }

  private static Ended both(Ended one, Ended other) {
    return new Ended(Math.min(one.from, other.from), Math.max(one.to, other.to), other.peer);
  }

  /** Returns the peer that has told the end of the entries which are being dropped. */
  String teller() {
    return teller;
  }

  /** Drops restored entries that have ended; returns whether there may be more. Looks at {@code slotsMax} entries, or one tie. */
  boolean drop(int slotsMax) {
    int left = slotsMax;
    for (Replica replica : Set.copyOf(ended.keySet())) {
      left = left > 0 ? drop(replica, left) : 0;
    }
    return left <= 0;
  }

  /**
   * Returns the own part of an answer without the entries that have ended, which a peer has restored from a snapshot: this node has
   * seen them end, or its own snapshot is later and has them no more. A drain ends by its tombstone alone (P18).
   */
  OriginDelta withoutEnded(OriginDelta own) {
    if (!own.restored()) {
      return own;
    }
    List<Entry> left = own.entries().stream().filter(entry -> !hasEnded(entry)).toList();
    return new OriginDelta(own.origin(), own.from(), own.to(), own.reset(), left, own.restored());
  }

  private boolean hasEnded(Entry entry) {
    return entry instanceof Registration registration
        && registration.restored()
        && !entry.key().isOfDrain()
        && (entry.version() <= endedOwn.getOrDefault(entry.key(), 0L) || isNotSaved(entry));
  }

  private boolean isNotSaved(Entry entry) {
    return entry.version() <= membership.own().horizon.version()
        && view.slot(entry.key(), membership.own()) == null;
  }

  private int drop(Replica replica, int slotsMax) {
    Ended range = ended.remove(replica);
    if (range == null) {
      return slotsMax;
    }
    teller = range.peer;
    int left = slotsMax;
    long reached = range.from;
    Slot at = replica.restored() == 0 ? null : replica.after(range.from);
    while (at != null && at.version <= range.to && (left > 0 || at.version == reached)) {
      Slot next = at.newer;
      reached = at.version;
      if (at.restored && !at.isDrain()) {
        retractBelow(at);
        end(at);
      }
      left--;
      at = next;
    }
    if (at != null && at.version <= range.to) {
      ended.put(replica, new Ended(reached, range.to, range.peer));
    }
    return left;
  }

  /** Drops what an entry that has ended hides and that was restored: it is older, and ended before. */
  private void retractBelow(Slot ended) {
    Slot at = ended.rival;
    while (at != null) {
      Slot next = at.rival;
      if (at.restored) {
        end(at);
      }
      at = next;
    }
  }

  private void end(Slot slot) {
    if (slot.replica == membership.own()) {
      endedOwn.put(new Key(slot.service.name, slot.id), slot.version);
    }
    slots.endedElsewhere(slot);
  }
}

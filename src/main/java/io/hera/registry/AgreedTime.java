package io.hera.registry;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The time that this node and its peers agree on: a median of their wall clocks (P15). Owned by
 * {@link TurnClock}.
 *
 * <p>One wrong clock must not make a node drop the entries of others, or issue versions that they
 * refuse. So the wall clock of this node is one voter among several. The others are the wall clocks
 * of the peers that answered lately, and the <i>carried</i> time: the result so far, which boot
 * time moves on. The carried time makes a step of either clock harmless between two nodes. It votes
 * only after two nodes have confirmed it, so a node that starts with a wrong clock cannot confirm
 * itself.
 *
 * <p>Every time is kept as an <i>offset</i>, unix time minus boot time. An offset stays the same
 * while a clock runs, and moves when a clock is set.
 */
final class AgreedTime {
  /** For how long the wall clock of a peer votes after its last answer. */
  private static final long HEARD_MILLIS = 60_000;

  private final Map<String, Reading> peers = new HashMap<>();
  private boolean metPeer;
  private OptionalLong carried = OptionalLong.empty();
  private long ownOffset;
  private long offset;
  private int voters = 1;
  private long toleranceMillis = Long.MAX_VALUE;

  /** The wall clock of a peer, as an offset, and the boot time at which it was read. */
  private record Reading(long offsetMillis, long bootMillis) {}

  /** Records the wall clock of a peer of this version; it votes from the next {@link #elect}. */
  void heard(String peer, long wallMillis, long bootMillis) {
    metPeer = true;
    peers.put(peer, new Reading(wallMillis - bootMillis, bootMillis));
  }

  /** Whether all of these have a vote: they were heard in the last minute. */
  boolean heardAll(Set<String> names) {
    return peers.keySet().containsAll(names);
  }

  /** Takes away the votes of peers that are not members any more. */
  void retain(Set<String> members) {
    peers.keySet().retainAll(members);
  }

  /**
   * Elects the offset of the agreed time.
   *
   * @param toleranceMillis difference below which two clocks confirm each other: half of the
   *     accepted skew
   */
  void elect(long wallMillis, long bootMillis, long toleranceMillis) {
    ownOffset = wallMillis - bootMillis;
    this.toleranceMillis = toleranceMillis;
    peers.values().removeIf(reading -> bootMillis - reading.bootMillis > HEARD_MILLIS);
    if (!metPeer) {
      offset = ownOffset;
      return;
    }
    List<Long> walls = new ArrayList<>(List.of(ownOffset));
    peers.values().forEach(reading -> walls.add(reading.offsetMillis));
    List<Long> votes = new ArrayList<>(walls);
    carried.ifPresent(votes::add);
    Collections.sort(votes);
    voters = votes.size();
    offset = median(votes);
    if (carried.isPresent() || confirmed(walls)) {
      carried = OptionalLong.of(offset);
    }
  }

  /**
   * Returns the middle one of the sorted votes. Of two middle ones, it is the one nearer to the
   * carried time. Without a carried time it is the own one, or the later if they contradict each
   * other: a node with a clock that is behind must not refuse the entries of a peer.
   */
  private long median(List<Long> votes) {
    long upper = votes.get(votes.size() / 2);
    long lower = votes.get((votes.size() - 1) / 2);
    if (carried.isEmpty() && upper - lower > toleranceMillis) {
      return upper;
    }
    long reference = carried.orElse(ownOffset);
    return Math.abs(upper - reference) < Math.abs(lower - reference) ? upper : lower;
  }

  /** Whether the clocks of two nodes are close to each other and to the result. */
  private boolean confirmed(List<Long> walls) {
    List<Long> near = walls.stream()
        .filter(wall -> Math.abs(wall - offset) <= toleranceMillis)
        .sorted()
        .toList();
    for (int i = 1; i < near.size(); i++) {
      if (near.get(i) - near.get(i - 1) <= toleranceMillis) {
        return true;
      }
    }
    return false;
  }

  /** Whether the agreed time is the own wall clock, because no peer of this version was met. */
  boolean followsWall() {
    return !metPeer;
  }

  /** Returns the agreed unix time at {@code bootMillis}. */
  long millisAt(long bootMillis) {
    return bootMillis + offset;
  }

  /** Returns how far the wall clock of a peer is behind the agreed time; 0 if it is ahead, or was not read lately. */
  long behindMillis(String peer) {
    Reading reading = peers.get(peer);
    return reading == null ? 0 : Math.max(0, offset - reading.offsetMillis);
  }

  /** Returns the own wall clock minus boot time, as of the last election. */
  long ownOffsetMillis() {
    return ownOffset;
  }

  /** Returns the agreed time minus the own wall clock, as of the last election. */
  long correctionMillis() {
    return offset - ownOffset;
  }

  /** Whether the agreed time contradicts the own wall clock: they are too far apart. */
  boolean contradicts() {
    return Math.abs(correctionMillis()) > toleranceMillis;
  }

  /** Returns the number of votes in the last election, the carried time included. */
  int voters() {
    return voters;
  }
}

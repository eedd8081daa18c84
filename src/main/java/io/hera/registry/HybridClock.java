package io.hera.registry;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The clock that issues the versions of the own origin (P1). Owned by {@link Registry}.
 *
 * <p>It is a hybrid logical clock (Kulkarni et al. 2014): versions follow the wall clock, and do
 * not go back when the wall clock does. It departs from the paper in one point, the <i>sealed
 * tick</i>: an answer moves the clock past the wall, not a write. Writes between two answers share
 * a millisecond, because no peer has seen any of them. An answer claims to hold everything up to
 * {@link #last}. This seals that version, and the next write gets a larger one. Two properties
 * follow:
 *
 * <ul>
 *   <li>No write is added at or below a version that an answer has claimed (S3).
 *   <li>The clock runs ahead of the wall by at most one millisecond per <i>answer</i>, however many
 *       writes there are.
 * </ul>
 *
 * <p>Between two resets, versions never decrease: a write gets at least {@code last}. A replica
 * therefore stays in version order by appending. This also holds after a client has moved here from
 * a node with a fast clock, and its write has pulled this clock ahead. A key that is written twice
 * between two answers may keep its version, because no peer has seen the first write.
 */
final class HybridClock {
  /**
   * Bytes that the writes at one version take at most. A page holds a tie whole, so a tie is
   * bounded well below the size of a page.
   */
  static final int TIE_BYTES_MAX = 256 << 10;

  private static final int GAPS_MAX = 16;

  private long first = Long.MAX_VALUE;
  private long last;
  private long exposed;
  private long tieBytes;
  private final Deque<Gap> gaps = new ArrayDeque<>();

  /** Versions above {@code from} and up to {@code to}, which were not issued in this life. */
  private record Gap(long from, long to) {}

  /**
   * Whether this life may have issued the version. A version of a former life that a claim revealed
   * lies in a gap, or above {@link #last}.
   */
  boolean issued(long version) {
    return version >= first
        && version <= last
        && gaps.stream().noneMatch(gap -> gap.from < version && version <= gap.to);
  }

  /** Returns the smallest version issued; the largest number before that. */
  long first() {
    return first;
  }

  /** Returns the newest version issued, 0 before the first. */
  long last() {
    return last;
  }

  /** Returns the newest version that an answer has claimed. */
  long exposed() {
    return exposed;
  }

  /**
   * Issues the version of a write.
   *
   * @param nowMillis the wall clock
   * @param witnessed the version that this write must exceed, 0 if none
   * @param bytes what the write costs in a page
   * @param replacedBytes what the write takes out of the tie at {@link #last}: the cost of the
   *     key's previous own entry, if its version is {@code last}
   */
  long tick(long nowMillis, long witnessed, long bytes, long replacedBytes) {
    long version = Math.max(Math.max(nowMillis, last), Math.max(exposed, witnessed) + 1);
    long tie = version == last ? tieBytes - replacedBytes + bytes : bytes;
    if (tie > TIE_BYTES_MAX && tie > bytes) {
      version++;
      tie = bytes;
    }
    tieBytes = tie;
    first = Math.min(first, version);
    last = version;
    return version;
  }

  /** Seals {@code to}: an answer leaves that claims to hold everything up to it. */
  void seal(long to) {
    exposed = Math.max(exposed, to);
  }

  /**
   * Raises the clock above {@code version}, which a peer has seen of this origin: no version at or
   * below it may be issued again (P7, P8).
   */
  void raise(long version) {
    if (version > last) {
      addGap(last, version);
      last = version;
    }
    exposed = Math.max(exposed, version);
  }

  /** Adds versions that were not issued in this life. Gaps that touch, or are too many, become one. */
  private void addGap(long from, long to) {
    Gap newest = gaps.peekLast();
    if (newest != null && (newest.to == from || gaps.size() == GAPS_MAX)) {
      gaps.removeLast();
      gaps.addLast(new Gap(newest.from, to));
    } else {
      gaps.addLast(new Gap(from, to));
    }
  }

  /** Restarts at {@code version}, which may be lower than before: the wall clock was wrong (P4). */
  void reset(long version) {
    last = version;
    exposed = version;
    tieBytes = 0;
    gaps.clear();
  }
}

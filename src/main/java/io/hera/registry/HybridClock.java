package io.hera.registry;

/**
 * Issues the versions of the own origin (PROTOCOL P1). Owned by {@link Registry}.
 *
 * <p>A hybrid logical clock (Kulkarni et al. 2014) with one change, the <i>sealed tick</i>: it is not the write that moves
 * the clock past the wall but the answer. Writes between two answers may all share a millisecond, because nobody has seen
 * any of them; once an answer has claimed "everything up to T", T is sealed and the next write gets at least T + 1. So the
 * clock runs ahead of the wall by at most one millisecond an <i>answer</i>, however many writes there are, and no write is
 * ever added behind an answer already given.
 *
 * <p>Versions never decrease between two resets: a write takes at least {@code last}. That is what keeps a replica in
 * version order by appending, also while a client that moved here from a node with a fast clock has pulled ours ahead. A key
 * written twice between two answers keeps its version: the first of the two was never seen by anybody.
 */
final class HybridClock {
  /** A page must hold a whole tie, so a tie of one's own may not grow beyond a quarter of a page. */
  static final int TIE_BYTES_MAX = 256 << 10;

  private long last;
  private long exposed;
  private long tieBytes;

  /** The newest version issued, 0 before the first. */
  long last() {
    return last;
  }

  /** The newest version that an answer has claimed. */
  long exposed() {
    return exposed;
  }

  /**
   * The version of a write.
   *
   * @param nowMillis the wall clock
   * @param witnessed the version that this write must exceed, 0 if none
   * @param bytes what the write costs in a page, to keep ties small
   * @param replaced what it takes out of the tie at {@link #last}: the key's own word, if it is there
   */
  long tick(long nowMillis, long witnessed, long bytes, long replaced) {
    long version = Math.max(Math.max(nowMillis, last), Math.max(exposed, witnessed) + 1);
    long tie = version == last ? tieBytes - replaced + bytes : bytes;
    if (tie > TIE_BYTES_MAX && tie > bytes) {
      version++;
      tie = bytes;
    }
    tieBytes = tie;
    last = version;
    return version;
  }

  /** An answer leaves that claims to hold everything up to {@code to}. */
  void seal(long to) {
    exposed = Math.max(exposed, to);
  }

  /** Somebody has seen {@code version} of us: nothing at or below it may be issued again (P7, P8). */
  void raise(long version) {
    last = Math.max(last, version);
    exposed = Math.max(exposed, version);
  }

  /** Starts again from {@code version}, which may be lower than before: the wall clock was wrong (P4). */
  void reset(long version) {
    last = version;
    exposed = version;
    tieBytes = 0;
  }
}

package io.hera.registry;

/**
 * How far the deltas of one origin were applied, as three versions. Owned by {@link Replica}.
 *
 * <ul>
 *   <li>The {@link #version} is a promise to peers (P5): every write of the origin up to it is stored
 *       here, superseded, deleted or expired.
 *   <li>{@link #reached} is where the next page of the present pull continues. It is above the promise
 *       only after an entry was refused: the promise then stays below that entry until a pull asks for it
 *       again ({@link Freeze}).
 *   <li>{@link #exact} is how far ttls and ages are known too (P6). It is below {@code reached} only while a
 *       node of 2012 is a member, and where the origin itself has not been heard yet.
 * </ul>
 */
final class Horizon {
  private final Freeze freeze = new Freeze();
  private long version;
  private long reached;
  private long exact;

  /** Returns the version up to which everything of the origin is here. */
  long version() {
    return version;
  }

  /** Returns the version above which the next page continues; at least {@link #version}. */
  long reached() {
    return reached;
  }

  /** Returns the version up to which entries came with their ttls and ages; at most {@link #reached}. */
  long exact() {
    return exact;
  }

  /** Lets the next pull ask again for every entry that was refused (P5). */
  void retry() {
    reached = version;
    exact = Math.min(exact, version);
  }

  /** Returns the freeze, which may be over. */
  Freeze freeze() {
    return freeze;
  }

  /** Moves on to {@code to}: everything up to it was applied or refused. */
  void reach(long to) {
    if (version == reached) {
      version = Math.max(version, to);
      freeze.end();
    }
    reached = Math.max(reached, to);
  }

  /** Records that the entries from {@code from} to {@code to}, applied or refused, had ttls and ages. */
  void reachExactly(long from, long to) {
    if (from <= exact) {
      exact = Math.max(exact, to);
    }
  }

  /**
   * Records that the entry at {@code refused} was refused: the promise stays at {@code complete}.
   */
  void refuse(long refused, long complete) {
    version = version == reached ? complete : Math.min(version, complete);
    reached = Math.max(reached, refused);
  }

  /** Withdraws the promise, so that the next request asks for everything again (P3, P7). */
  void forget() {
    version = 0;
    reached = 0;
    exact = 0;
    freeze.end();
  }
}

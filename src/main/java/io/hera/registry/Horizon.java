package io.hera.registry;

/**
 * How far the deltas of one origin were applied, as two versions. Owned by {@link Replica}.
 *
 * <ul>
 *   <li>The {@link #version} is a promise to peers (P5): every write of the origin up to it is stored
 *       here, superseded, deleted or expired.
 *   <li>{@link #reached} is where the next page of the present pull continues. It is above the promise
 *       only after an entry was refused: the promise then stays below that entry until a pull asks for it
 *       again ({@link Freeze}).
 * </ul>
 */
final class Horizon {
  private final Freeze freeze = new Freeze();
  private long version;
  private long reached;

  /** Returns the version up to which everything of the origin is here. */
  long version() {
    return version;
  }

  /** Returns the version above which the next page continues; at least {@link #version}. */
  long reached() {
    return reached;
  }

  /** Lets the next pull ask again for every entry that was refused (P5). */
  void retry() {
    reached = version;
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

  /** Records that the entry at {@code refused} was refused: the promise stays at {@code complete}. */
  void refuse(long refused, long complete) {
    version = version == reached ? complete : Math.min(version, complete);
    reached = Math.max(reached, refused);
  }

  /** Withdraws the promise, so that the next request asks for everything again (P3, P7). */
  void forget() {
    version = 0;
    reached = 0;
    freeze.end();
  }
}

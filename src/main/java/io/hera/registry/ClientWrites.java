package io.hera.registry;

import org.jspecify.annotations.Nullable;

/** The writes of clients: it refuses them or writes them to the own origin. Owned by {@link Registry}. */
record ClientWrites(
    Replica replica, View view, OwnOrigin own, Admission admission, TurnClock time) {
  private static final int LATE_PART = 5;

  /** See {@link Registry#put}. */
  Outcome put(Key key, byte[] document, long ttlMillis) {
    if (own.recovering()) {
      return Outcome.RECOVERING;
    }
    Slot winner = view.winner(key);
    boolean known = winner != null && winner.registered();
    Outcome outcome = known ? Outcome.DONE : admission.roomFor(key, document.length);
    return outcome == Outcome.DONE ? register(key, winner, document, ttlMillis) : outcome;
  }

  /** See {@link Registry#renew}. */
  Outcome renew(Key key, long ttlMillis) {
    if (own.recovering()) {
      return Outcome.RECOVERING;
    }
    Slot winner = view.winner(key);
    if (winner == null || !winner.registered()) {
      return own.isSynchronised() ? Outcome.UNKNOWN_INSTANCE : Outcome.RECOVERING;
    }
    return register(key, winner, winner.document, ttlMillis);
  }

  private Outcome register(Key key, @Nullable Slot winner, byte[] document, long ttlMillis) {
    Outcome outcome = isLate(winner) ? Outcome.DONE_LATE : Outcome.DONE;
    own.register(key, winner, document, ttlMillis);
    return outcome;
  }

  /**
   * Whether less than a fifth is left of a registration. One from before the start of this process,
   * or from before a pause of it, may have had a client that this node did not hear.
   */
  private boolean isLate(@Nullable Slot winner) {
    if (winner == null || !winner.registered()) {
      return false;
    }
    long leftMillis = winner.deadlineMillis - time.millisOf(winner.replica);
    return LATE_PART * leftMillis < winner.ttlMillis
        && !winner.restored
        && !time.holding()
        && (winner.replica != replica || winner.deadlineMillis >= winner.ttlMillis);
  }

  /** See {@link Registry#remove}. */
  Outcome remove(Key key) {
    if (own.recovering()) {
      return Outcome.RECOVERING;
    }
    Slot winner = view.winner(key);
    Slot written = view.slot(key, replica);
    boolean oneMore = written == null || written.registered();
    if (oneMore && !admission.makeRoomForTombstone(key)) {
      return Outcome.TOMBSTONES_FULL;
    }
    own.remove(key, winner);
    return Outcome.DONE;
  }
}

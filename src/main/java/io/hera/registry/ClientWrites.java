package io.hera.registry;

/** The writes of clients: it refuses them or writes them to the own origin. Owned by {@link Registry}. */
record ClientWrites(Replica replica, View view, OwnOrigin own, Admission admission) {
  /** See {@link Registry#put}. */
  Outcome put(Key key, byte[] document, long ttlMillis) {
    if (own.recovering()) {
      return Outcome.RECOVERING;
    }
    Slot winner = view.winner(key);
    boolean known = winner != null && winner.registered();
    Outcome outcome = known ? Outcome.DONE : admission.roomFor(key, document.length);
    if (outcome == Outcome.DONE) {
      own.register(key, winner, document, ttlMillis);
    }
    return outcome;
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
    own.register(key, winner, winner.document, ttlMillis);
    return Outcome.DONE;
  }

  /** See {@link Registry#remove}. */
  Outcome remove(Key key) {
    if (own.recovering()) {
      return Outcome.RECOVERING;
    }
    Slot winner = view.winner(key);
    Slot written = view.slot(key, replica);
    boolean oneMore = written == null || written.registered();
    if (oneMore && !admission.makeRoomForTombstone()) {
      return Outcome.TOMBSTONES_FULL;
    }
    own.remove(key, winner);
    return Outcome.DONE;
  }
}

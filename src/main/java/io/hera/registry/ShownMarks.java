package io.hera.registry;

import org.jspecify.annotations.Nullable;

/**
 * The marks of the instances of the view, and their counts: own ones, silent ones among these, and
 * ones from a snapshot. Owned by {@link View}.
 */
final class ShownMarks {
  private static final int OWN = 1;
  private static final int SILENT = 2;
  private static final int RESTORED = 4;

  private final Silences silences;
  private final ViewListener listener;
  private int restoredCount;

  ShownMarks(Silences silences, ViewListener listener) {
    this.silences = silences;
    this.listener = listener;
  }

  Silences silences() {
    return silences;
  }

  /** Returns how many instances are from a snapshot, and not confirmed since (P14). */
  int restoredCount() {
    return restoredCount;
  }

  /**
   * Returns the marks of the winner of a key, as bits: 0 if it is not a registration. A drained instance
   * may be silent, and no one is warned of it (P18).
   */
  int of(@Nullable Slot winner) {
    if (winner == null || !winner.registered()) {
      return 0;
    }
    int restored = winner.restored ? RESTORED : 0;
    return winner.drainedBy.isEmpty()
        ? restored | (silences.isOwn(winner) ? OWN : 0) | (winner.silent ? SILENT : 0)
        : restored;
  }

  /** Counts that the marks of a key have changed. Renewals mostly change none. */
  void changed(Service service, int before, int after) {
    if (before != after) {
      count(service, before, after);
    }
  }

  private void count(Service service, int before, int after) {
    int shown = difference(OWN, before, after);
    int silent = difference(SILENT, before, after);
    if (silent != 0 || (shown != 0 && service.ownSilent() > 0)) {
      silences.count(service, shown, silent);
    } else {
      service.countOwn(shown, 0);
    }
    int restored = difference(RESTORED, before, after);
    if (restored != 0) {
      restoredCount += restored;
      service.countRestored(restored);
      listener.confirmed(service.name);
    }
  }

  private static int difference(int mark, int before, int after) {
    return ((after & mark) == 0 ? 0 : 1) - ((before & mark) == 0 ? 0 : 1);
  }
}

package io.hera.store;

/**
 * When {@link Store#written} is published: the first write at once, those that follow together. A timer runs only after a write. Owned
 * by {@link StoreVerticle}.
 *
 * <p>Each telling costs an exchange with every sibling, about half a kilobyte and a quarter of a millisecond of CPU at both
 * ends, so where writes keep coming more of them share one: at 1,000 a second that saves two thirds of the bytes.
 */
final class WriteNotifier {
  private static final long GATHER_MILLIS = 10;
  private static final long BUSY_GATHER_MILLIS = 50;
  private static final long BUSY_PER_SECOND = 200;

  private final Runnable teller;
  private final Later later;
  private long newest;
  /** {@link #newest} when it was last told. */
  private long told;

  private boolean gathering;
  private boolean busy;
  private long unsaid;

  /** Tells by {@code teller}. */
  WriteNotifier(Runnable teller, Later later) {
    this.teller = teller;
    this.later = later;
  }

  /** A timer. */
  interface Later {
    void run(long delayMillis, Runnable due);
  }

  /** The newest version of the own origin; while it stays the same, whoever asks gets no more than before. */
  void upTo(long version) {
    if (version != newest) {
      newest = version;
      wrote();
    }
  }

  /** There is something to be had that was not there before. */
  void wrote() {
    if (gathering) {
      unsaid++;
    } else {
      tell();
    }
  }

  /** Whether all that is news above {@code horizon} will be told within {@value #BUSY_GATHER_MILLIS} ms. */
  boolean toBeTold(long horizon) {
    return unsaid > 0 && horizon >= told && horizon <= newest;
  }

  private void tell() {
    gathering = true;
    unsaid = 0;
    told = newest;
    teller.run();
    long millis = busy ? BUSY_GATHER_MILLIS : GATHER_MILLIS;
    later.run(millis, () -> gathered(millis));
  }

  private void gathered(long millis) {
    gathering = false;
    busy = unsaid * 1_000 > BUSY_PER_SECOND * millis;
    if (unsaid > 0) {
      tell();
    }
  }
}

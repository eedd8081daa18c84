package io.hera.store;

/**
 * Decides when peers that wait are notified of writes: of the first write at once, of those that follow together. A timer runs
 * only after a write. Owned by {@link PeerTurns}.
 *
 * <p>Each notification costs an exchange with every peer, about half a kilobyte and a quarter of a millisecond of CPU at both
 * ends. Where writes keep coming, more of them share one: at 1,000 writes per second that saves two thirds of the bytes.
 */
final class WriteNotifier {
  private static final long GATHER_MILLIS = 10;
  private static final long BUSY_GATHER_MILLIS = 50;
  private static final long BUSY_PER_SECOND = 200;

  private final Runnable publisher;
  private final Timers timers;
  private long newest;
  /** {@link #newest} at the last notification. */
  private long notified;

  private boolean gathering;
  private boolean busy;
  private long gathered;

  /** Notifies by {@code publisher}. */
  WriteNotifier(Runnable publisher, Timers timers) {
    this.publisher = publisher;
    this.timers = timers;
  }

  /** Sets the newest version of the own origin. While it stays the same, there is nothing new for peers. */
  void upTo(long version) {
    if (version != newest) {
      newest = version;
      wrote();
    }
  }

  /** Records that peers can get something that they could not get before. */
  void wrote() {
    if (gathering) {
      gathered++;
    } else {
      publish();
    }
  }

  /** Returns whether a notification of all that is above {@code horizon} follows within {@value #BUSY_GATHER_MILLIS} ms. */
  boolean isPending(long horizon) {
    return gathered > 0 && horizon >= notified && horizon <= newest;
  }

  private void publish() {
    gathering = true;
    gathered = 0;
    notified = newest;
    publisher.run();
    long millis = busy ? BUSY_GATHER_MILLIS : GATHER_MILLIS;
    timers.run(millis, () -> gatheringEnds(millis));
  }

  private void gatheringEnds(long millis) {
    gathering = false;
    busy = gathered * 1_000 > BUSY_PER_SECOND * millis;
    if (gathered > 0) {
      publish();
    }
  }
}

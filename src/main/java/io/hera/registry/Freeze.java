package io.hera.registry;

/**
 * The freeze of a replica's horizon after a refusal, and when to ask again from there (P5). Owned by
 * {@link Replica}.
 *
 * <p>After a refusal for a cap it is after 1, 2, 4 … pulls. Asking at every pull would copy up to
 * the whole origin each time, for as long as the refused instance lives. After a refusal of a
 * version from the future it is at every pull: the horizon of the pull lies in the future then,
 * and every new entry below it.
 */
final class Freeze {
  private static final int DOUBLINGS_MAX = 20;

  private boolean frozen;
  /** Whether it goes on if it begins again in this pull. */
  private boolean lasting;

  private Refusal reason = Refusal.CAPACITY;
  private long sinceMillis;
  private long askedMillis;
  private int doublings;
  private int pullsLeft;

  /**
   * Begins, unless it has begun before. If it had ended within this pull, it goes on: a pull that
   * asks again comes in pages, and those before the refused entry end it.
   */
  void begin(Refusal cause, long nowMillis, long bootMillis) {
    reason = cause;
    if (!lasting) {
      sinceMillis = nowMillis;
      askedMillis = bootMillis;
      doublings = 0;
      pullsLeft = 1;
    }
    frozen = true;
    lasting = true;
  }

  /** A pull begins. */
  void pullBegins() {
    lasting = frozen;
  }

  void end() {
    frozen = false;
  }

  boolean frozen() {
    return frozen;
  }

  /** Returns why. */
  Refusal reason() {
    return reason;
  }

  /** Returns when it began, agreed unix time. */
  long sinceMillis() {
    return sinceMillis;
  }

  /**
   * Counts a pull that begins, and returns whether it is to ask again.
   *
   * @param pauseMillisMax the longest time without asking again
   * @param room whether the node has room again
   */
  boolean due(long bootMillis, long pauseMillisMax, boolean room) {
    if (reason == Refusal.FUTURE_VERSION) {
      return true;
    }
    pullsLeft--;
    if (pullsLeft > 0 && !room && bootMillis - askedMillis < pauseMillisMax) {
      return false;
    }
    askedMillis = bootMillis;
    doublings = Math.min(DOUBLINGS_MAX, doublings + 1);
    pullsLeft = 1 << doublings;
    return true;
  }
}

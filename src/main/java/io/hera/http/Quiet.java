package io.hera.http;

/**
 * How calm a subject must be before a reader wants its changes: {@code ?quiet=2s:10s}.
 *
 * @param millis time without a further change; 0 if the reader wants each change at once
 * @param maxMillis the longest time between the first change and the answer, at least {@code millis}
 */
public record Quiet(long millis, long maxMillis) {
  /** Each change at once. */
  public static final Quiet NONE = new Quiet(0, 0);

  static final long MILLIS_MIN = 100;
  static final long MILLIS_MAX = 60_000;
  static final long LONGEST_MILLIS = 300_000;
  /** A reader that names no longest time waits so many times as long. */
  static final long DEFAULT_FACTOR = 5;

  /** Returns whether the reader wants each change at once. */
  public boolean isNone() {
    return millis == 0;
  }
}

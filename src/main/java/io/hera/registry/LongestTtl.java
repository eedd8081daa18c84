package io.hera.registry;

import java.util.concurrent.TimeUnit;

/**
 * The longest ttl that a living registration may have (P12). It follows a longer one at once, and
 * falls again a while after the last one was met: a period lasts a day, or as long as the longest
 * ttl in it if that is longer, and a ttl counts in its period and the next. Owned by {@link Slots}.
 */
final class LongestTtl {
  private static final long DAY_MILLIS = TimeUnit.DAYS.toMillis(1);

  private final long livenessMillis;
  private long formerMillis;
  private long currentMillis;
  private long periodEndsMillis = DAY_MILLIS;

  LongestTtl(long livenessMillis) {
    this.livenessMillis = livenessMillis;
    this.formerMillis = livenessMillis;
    this.currentMillis = livenessMillis;
  }

  void met(long ttlMillis) {
    currentMillis = Math.max(currentMillis, ttlMillis);
  }

  /** Ends the period if it is over. */
  void pass(long bootMillis) {
    if (bootMillis >= periodEndsMillis) {
      formerMillis = currentMillis;
      currentMillis = livenessMillis;
      periodEndsMillis = bootMillis + Math.max(DAY_MILLIS, formerMillis);
    }
  }

  long millis() {
    return Math.max(formerMillis, currentMillis);
  }
}

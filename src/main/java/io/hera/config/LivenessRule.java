package io.hera.config;

import java.time.Duration;
import java.util.Optional;

/** The rule that the lifetime of an instance without a ttl of its own is one that a ttl could be. */
final class LivenessRule {
  private LivenessRule() {}

  /** Returns the rule that these three break together. */
  static Optional<String> fault(Duration ttlMin, Duration liveness, Duration ttlMax) {
    boolean between = ttlMin.compareTo(liveness) <= 0 && liveness.compareTo(ttlMax) <= 0;
    return between
        ? Optional.empty()
        : Optional.of("breaks ttl.min <= liveness <= ttl.max (%s, %s, %s)"
            .formatted(
                Settings.TTL_MIN.type().text(ttlMin),
                Settings.LIVENESS.type().text(liveness),
                Settings.TTL_MAX.type().text(ttlMax)));
  }
}

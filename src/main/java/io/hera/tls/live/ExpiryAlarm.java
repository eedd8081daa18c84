package io.hera.tls.live;

import io.hera.tls.Expiry;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs certificates that are near their end once a day, and those that have expired once an hour. Owned by {@link LiveTls},
 * whose scans do not overlap.
 */
final class ExpiryAlarm {
  private static final Logger log = LoggerFactory.getLogger(ExpiryAlarm.class);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final Map<String, Logged> last = new HashMap<>();

  private record Logged(Expiry expiry, Instant at, Instant notAfter) {
    boolean isDue(Logged next) {
      Duration pause = next.expiry == Expiry.EXPIRED ? HOUR : DAY;
      return next.expiry != expiry
          || !next.notAfter.equals(notAfter)
          || !next.at.isBefore(at.plus(pause));
    }
  }

  /**
   * Logs the state of a certificate, if that is due.
   *
   * @param which own or ca
   * @return whether it was logged
   */
  boolean check(String which, X509Certificate certificate, Instant now) {
    Logged next =
        new Logged(Expiry.of(certificate, now), now, certificate.getNotAfter().toInstant());
    Logged before = last.get(which);
    if (before != null && !before.isDue(next)) {
      return false;
    }
    last.put(which, next);
    switch (next.expiry) {
      case FAR -> {}
      case NEAR -> log.warn("certificate expires soon which={} until={}", which, next.notAfter);
      case EXPIRED -> log.error("certificate has expired which={} until={}", which, next.notAfter);
    }
    return next.expiry != Expiry.FAR;
  }
}

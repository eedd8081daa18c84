package io.hera.tls;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/** How much is left of the time for which a certificate is valid. */
public enum Expiry {
  /** Enough. */
  FAR,
  /** Less than a quarter of its life, and less than 21 days: it should have been replaced by now. */
  NEAR,
  /** Nothing. */
  EXPIRED;

  private static final Duration NEAR_MAX = Duration.ofDays(21);

  /** Returns the state of a certificate at a time. */
  public static Expiry of(X509Certificate certificate, Instant now) {
    return of(certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant(), now);
  }

  /** Returns the state at a time of a certificate that is valid from one time to another. */
  public static Expiry of(Instant notBefore, Instant notAfter, Instant now) {
    if (now.isAfter(notAfter)) {
      return EXPIRED;
    }
    Duration quarter = Duration.between(notBefore, notAfter).dividedBy(4);
    Duration limit = quarter.compareTo(NEAR_MAX) < 0 ? quarter : NEAR_MAX;
    return Duration.between(now, notAfter).compareTo(limit) < 0 ? NEAR : FAR;
  }
}

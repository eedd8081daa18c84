package io.hera.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests from when on a certificate should have been replaced. */
class ExpiryTest {
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "365,343,FAR",
    "365,345,NEAR",
    "365,365,NEAR",
    "365,366,EXPIRED",
    "8,5,FAR",
    "8,7,NEAR",
    "8,9,EXPIRED",
    "3650,3628,FAR",
    "3650,3630,NEAR",
  })
  void aCertificateIsNearItsEndForAQuarterOfItsLifeButNotFor21Days(
      long lifeDays, long ageDays, Expiry expiry) {
    assertThat(Expiry.of(
            START, START.plus(Duration.ofDays(lifeDays)), START.plus(Duration.ofDays(ageDays))))
        .isEqualTo(expiry);
  }
}

package io.hera.tls.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.TestCa;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Tests how often a certificate that ends is logged. */
class ExpiryAlarmTest {
  private final TestCa ca = new TestCa();
  private final X509Certificate certificate = ca.issue("a.example").certificate();
  private final ExpiryAlarm alarm = new ExpiryAlarm();

  private boolean logs(Duration beforeTheEnd) {
    Instant end = certificate.getNotAfter().toInstant();
    return alarm.check("own", certificate, end.minus(beforeTheEnd));
  }

  @Test
  void aCertificateIsLoggedOnceADayFrom21DaysBeforeItsEndAndOnceAnHourAfterIt() {
    assertThat(logs(Duration.ofDays(30))).isFalse();
    assertThat(logs(Duration.ofDays(20))).isTrue();
    assertThat(logs(Duration.ofDays(20).minusHours(23))).isFalse();
    assertThat(logs(Duration.ofDays(19))).isTrue();
    assertThat(logs(Duration.ofMinutes(-1))).isTrue();
    assertThat(logs(Duration.ofHours(-1))).isFalse();
    assertThat(logs(Duration.ofMinutes(-61))).isTrue();
  }

  @Test
  void anotherCertificateIsLoggedAtOnce() {
    assertThat(logs(Duration.ofDays(20))).isTrue();
    X509Certificate next = ca.issue(TestCa.request().valid(Duration.ofDays(-1), Duration.ofDays(1)))
        .certificate();
    assertThat(alarm.check("own", next, next.getNotAfter().toInstant().minusSeconds(60)))
        .isTrue();
    assertThat(alarm.check("ca", next, next.getNotAfter().toInstant().minusSeconds(60)))
        .isTrue();
  }
}

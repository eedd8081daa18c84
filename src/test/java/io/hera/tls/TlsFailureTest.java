package io.hera.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests by which words of the JDK and Netty failed handshakes are known. */
class TlsFailureTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "not an SSL/TLS record: 474554202f | CLEAR",
        "Unsupported or unrecognized SSL message | CLEAR",
        "Received fatal alert: protocol_version | VERSION",
        "Received fatal alert: handshake_failure | VERSION",
        "Client requested protocol TLSv1 is not enabled or supported in server context | VERSION",
        "no cipher suites in common | VERSION",
        "No matching application layer protocol values | PROTOCOL",
        "Received fatal alert: no_application_protocol | PROTOCOL",
        "No name matching b.example found | NAME",
        "No subject alternative names matching IP address 10.0.0.1 found | NAME",
        "PKIX path building failed | UNTRUSTED",
        "Extended key usage does not permit use for TLS server authentication | USAGE",
        "Certificate revoked | REVOKED",
        "Received fatal alert: certificate_expired | EXPIRED",
        "Received fatal alert: bad_certificate | REFUSED",
        "handshake timed out after 5000ms | TIMEOUT",
        "something else | OTHER"
      })
  void aFailureIsKnownByItsWords(String message, TlsFailure kind) {
    assertThat(TlsFailure.of(new IOException(new SSLHandshakeException(message))))
        .isEqualTo(kind);
  }

  @Test
  void aConnectionThatEndsIsClosed() {
    assertThat(TlsFailure.of(new ClosedChannelException())).isEqualTo(TlsFailure.CLOSED);
    assertThat(TlsFailure.of(new IOException("Connection reset by peer")))
        .isEqualTo(TlsFailure.CLOSED);
  }

  @Test
  void onlyFailuresOfTlsAreOnes() {
    assertThat(TlsFailure.isOne(new IOException(new SSLException("x")))).isTrue();
    assertThat(TlsFailure.isOne(new IOException("x"))).isFalse();
  }

  @Test
  void theNameForMetricsIsInLowerCase() {
    assertThat(TlsFailure.UNTRUSTED.label()).isEqualTo("untrusted");
  }
}

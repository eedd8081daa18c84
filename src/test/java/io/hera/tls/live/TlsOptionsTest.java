package io.hera.tls.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.TestCa;
import io.hera.tls.MaterialCheck;
import io.hera.tls.MaterialCheck.Peers;
import io.hera.tls.MaterialCheck.Terms;
import io.hera.tls.TlsMaterial;
import io.hera.tls.TlsSource;
import io.hera.tls.TlsVersion;
import io.hera.tls.live.LiveTls.Clients;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what Vert.x is asked for. */
class TlsOptionsTest {
  private final TestCa ca = new TestCa();

  @TempDir
  private Path directory;

  private TlsMaterial material(TestCa.Request request) throws Exception {
    ca.write(directory, ca.issue(request));
    return MaterialCheck.check(
            TlsSource.directory(directory.toString()).read(),
            new Terms("127.0.0.1", Peers.SOME, Instant.now()))
        .material();
  }

  @Test
  void aServerSpeaksVersion13AndHttp11AndAsksForNoCertificate() throws Exception {
    ServerSSLOptions options =
        TlsOptions.server(material(TestCa.request()), TlsVersion.V1_3, Clients.ALIKE);

    assertThat(options.getEnabledSecureTransportProtocols()).containsExactly("TLSv1.3");
    assertThat(options.isUseAlpn()).isTrue();
    assertThat(options.getApplicationLayerProtocols()).containsExactly("http/1.1");
    assertThat(options.isSni()).isFalse();
    assertThat(options.getClientAuth()).isEqualTo(ClientAuth.NONE);
    assertThat(options.getSslHandshakeTimeoutUnit().toMillis(options.getSslHandshakeTimeout()))
        .isEqualTo(5_000);
  }

  @Test
  void withVersion12OnlySuitesWithForwardSecrecyAndAuthenticationAreAllowed() throws Exception {
    ServerSSLOptions options =
        TlsOptions.server(material(TestCa.request()), TlsVersion.V1_2, Clients.ALIKE);

    assertThat(options.getEnabledSecureTransportProtocols())
        .containsExactlyInAnyOrder("TLSv1.2", "TLSv1.3");
    assertThat(options.getEnabledCipherSuites())
        .hasSize(9)
        .allMatch(suite ->
            suite.matches("TLS_(ECDHE_(ECDSA|RSA)_WITH_)?(AES_128_GCM_SHA256|AES_256_GCM_SHA384"
                + "|CHACHA20_POLY1305_SHA256)"));
  }

  @Test
  void aClientChecksNamesAndTrustsTheCa() throws Exception {
    ClientSSLOptions options = TlsOptions.client(material(TestCa.request()), TlsVersion.V1_3);

    assertThat(options.getHostnameVerificationAlgorithm()).isEqualTo("HTTPS");
    assertThat(options.isTrustAll()).isFalse();
    assertThat(options.getTrustOptions()).isNotNull();
    assertThat(options.getKeyCertOptions()).isNotNull();
  }

  @Test
  void aClientDoesNotShowACertificateForServersOnly() throws Exception {
    assertThat(TlsOptions.client(material(TestCa.request().serverOnly()), TlsVersion.V1_3)
            .getKeyCertOptions())
        .isNull();
  }

  @Test
  void handshakesRunOnWorkers() {
    assertThat(LiveTls.engine().getUseWorkerThread()).isTrue();
  }

  /** Vert.x keeps a context for each value of the options. */
  @Test
  void otherMaterialMakesOtherOptionsAndTheSameMaterialEqualOnes() throws Exception {
    TlsMaterial first = material(TestCa.request());
    ServerSSLOptions options = TlsOptions.server(first, TlsVersion.V1_3, Clients.ALIKE);

    assertThat(TlsOptions.server(first, TlsVersion.V1_3, Clients.ALIKE)).isEqualTo(options);
    Files.writeString(directory.resolve("ca.crl"), ca.revoke(ca.issue("x.example")));
    TlsMaterial revoking = MaterialCheck.check(
            TlsSource.directory(directory.toString()).read(),
            new Terms("127.0.0.1", Peers.SOME, Instant.now()))
        .material();
    assertThat(TlsOptions.server(revoking, TlsVersion.V1_3, Clients.ALIKE)).isNotEqualTo(options);
    assertThat(TlsOptions.server(material(TestCa.request()), TlsVersion.V1_3, Clients.ALIKE))
        .isNotEqualTo(options);
  }
}

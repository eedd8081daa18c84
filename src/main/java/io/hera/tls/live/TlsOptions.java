package io.hera.tls.live;

import io.hera.tls.TlsMaterial;
import io.hera.tls.TlsVersion;
import io.hera.tls.live.LiveTls.Clients;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Vert.x's options for TLS: THE factory of those for all servers and clients.
 *
 * <p>The material is in them by value. Vert.x keeps a context for each value of the options: with paths instead, it would
 * never read a changed file again.
 */
final class TlsOptions {
  private static final long HANDSHAKE_SECONDS_MAX = 5;
  private static final String ALPN = "http/1.1";

  /** Forward secret and authenticated: the ones of TLS 1.3, and the only ones for TLS 1.2. */
  private static final List<String> SUITES = List.of(
      "TLS_AES_128_GCM_SHA256",
      "TLS_AES_256_GCM_SHA384",
      "TLS_CHACHA20_POLY1305_SHA256",
      "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
      "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
      "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
      "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
      "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
      "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  private TlsOptions() {}

  /** Returns the options of an engine that shakes hands on worker threads: it takes a millisecond of processor time. */
  static JdkSSLEngineOptions engine() {
    return new JdkSSLEngineOptions().setUseWorkerThread(true);
  }

  /**
   * Returns the options of a server, which speaks HTTP/1.1 only. If its clients are to be known by certificates, it asks for one
   * of its own CA, and serves those too that have none. Without a CA it never asks: it would accept those of the public ones.
   */
  static ServerSSLOptions server(TlsMaterial material, TlsVersion minVersion, Clients clients) {
    ServerSSLOptions options = new ServerSSLOptions();
    common(options, material, minVersion);
    options.setKeyCertOptions(keys(material));
    options.setUseAlpn(true).setApplicationLayerProtocols(List.of(ALPN));
    boolean asks =
        clients == Clients.BY_CERTIFICATE && !material.trust().anchors().isEmpty();
    return options.setSni(false).setClientAuth(asks ? ClientAuth.REQUEST : ClientAuth.NONE);
  }

  /** Returns the options of a client of peers: it checks their names, and shows its own certificate if asked and allowed. */
  static ClientSSLOptions client(TlsMaterial material, TlsVersion minVersion) {
    ClientSSLOptions options = new ClientSSLOptions();
    common(options, material, minVersion);
    if (material.isForClients()) {
      options.setKeyCertOptions(keys(material));
    }
    return options.setHostnameVerificationAlgorithm("HTTPS").setTrustAll(false);
  }

  private static void common(SSLOptions options, TlsMaterial material, TlsVersion minVersion) {
    options.setEnabledSecureTransportProtocols(minVersion.protocols());
    SUITES.forEach(options::addEnabledCipherSuite);
    options
        .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
        .setSslHandshakeTimeout(HANDSHAKE_SECONDS_MAX);
    if (!material.trust().anchors().isEmpty()) {
      options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(material.caPem())));
    }
    if (!material.trust().revoked().isEmpty()) {
      options.addCrlValue(Buffer.buffer(material.crlPem()));
    }
  }

  private static PemKeyCertOptions keys(TlsMaterial material) {
    return new PemKeyCertOptions()
        .addCertValue(Buffer.buffer(material.chainPem()))
        .addKeyValue(Buffer.buffer(material.keyPem()));
  }
}

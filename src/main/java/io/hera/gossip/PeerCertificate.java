package io.hera.gossip;

import io.hera.tls.SubjectNames;
import io.vertx.core.http.HttpConnection;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Checks the certificate of a peer once more after a handshake, which has checked it already: a certificate that matches by a
 * wildcard or its common name would do for the handshake, and a client that was relaxed by mistake would check nothing.
 */
final class PeerCertificate {
  private PeerCertificate() {}

  /** Returns the predicate of a sentence about the peer, if it has not proven that it is {@code host}. */
  static Optional<String> fault(HttpConnection connection, String host) {
    if (!connection.isSsl()) {
      return Optional.of("does not speak TLS");
    }
    try {
      if (connection.peerCertificates().get(0) instanceof X509Certificate own) {
        SubjectNames names = SubjectNames.of(own);
        return names.matches(host)
            ? Optional.empty()
            : Optional.of("shows a certificate that names " + names + " but not " + host);
      }
    } catch (SSLPeerUnverifiedException unverified) {
      return Optional.of("shows no certificate");
    }
    return Optional.of("shows a certificate of an unknown kind");
  }
}

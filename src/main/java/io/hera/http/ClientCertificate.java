package io.hera.http;

import io.hera.access.CertificateName;
import io.hera.access.CertificateName.Kind;
import io.hera.tls.SubjectNames;
import io.hera.tls.TlsMaterial;
import io.hera.tls.live.LiveTls;
import io.vertx.core.http.HttpConnection;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that the client of a connection has shown in the handshake. Used on one event loop.
 *
 * <p>A connection may live for longer than the certificate is valid, and a resumed session repeats no check. So the certificate
 * proves something only until it runs out, and it is checked anew whenever the node's trust changes.
 */
final class ClientCertificate {
  /** Of a client that is not known by a certificate. */
  static final List<CertificateName> NONE = List.of();

  private final List<X509Certificate> chain;
  private final List<CertificateName> names;
  private final long untilMillis;
  private @Nullable TlsMaterial checkedBy;
  private boolean trusted;

  /** A certificate with those that vouch for it, its own first. */
  ClientCertificate(List<X509Certificate> chain) {
    this.chain = chain;
    this.names = names(SubjectNames.of(chain.get(0)));
    this.untilMillis = chain.stream()
        .mapToLong(certificate -> certificate.getNotAfter().toInstant().toEpochMilli())
        .min()
        .orElseThrow();
  }

  /** Returns the certificate of a connection's client; empty if it has shown none. */
  static Optional<ClientCertificate> of(HttpConnection connection) {
    SSLSession session = connection.sslSession();
    if (session == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(chain(session.getPeerCertificates()))
          .filter(chain -> !chain.isEmpty())
          .map(ClientCertificate::new);
    } catch (SSLPeerUnverifiedException none) {
      return Optional.empty();
    }
  }

  private static List<X509Certificate> chain(Certificate[] certificates) {
    return Arrays.stream(certificates).map(X509Certificate.class::cast).toList();
  }

  private static List<CertificateName> names(SubjectNames names) {
    return Stream.of(
            names(Kind.DNS, names.dns()),
            names(Kind.IP, names.addresses()),
            names(Kind.URI, names.uris()))
        .flatMap(List::stream)
        .toList();
  }

  private static List<CertificateName> names(Kind kind, List<String> names) {
    return names.stream().map(name -> new CertificateName(kind, name)).toList();
  }

  /** Returns whether it has to be checked by the trust in force. */
  @SuppressWarnings("ReferenceEquality") // changed material is another object
  boolean isUnchecked(LiveTls tls) {
    return checkedBy != tls.inForce().material();
  }

  /** Returns the names by which the client is known now; none if the certificate is not valid any more. */
  List<CertificateName> names(LiveTls tls, long wallMillis) {
    TlsMaterial material = tls.inForce().material();
    if (isUnchecked(tls)) {
      checkedBy = material;
      trusted = material.trust().trusts(chain);
    }
    return trusted && wallMillis <= untilMillis ? names : NONE;
  }
}

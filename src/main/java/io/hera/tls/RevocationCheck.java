package io.hera.tls;

import java.net.Socket;
import java.security.cert.CRLReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateRevokedException;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Refuses certificates on revocation lists before another trust manager decides, which keeps its check of the host's name. Like
 * Vert.x it compares issuers and serial numbers only: the lists come from the operator, not from the other side.
 */
final class RevocationCheck extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager next;
  private final List<X509CRL> revoked;

  RevocationCheck(X509ExtendedTrustManager next, List<X509CRL> revoked) {
    this.next = next;
    this.revoked = revoked;
  }

  /** Fails if any certificate of a chain is revoked. */
  static void check(X509Certificate[] chain, List<X509CRL> revoked) throws CertificateException {
    for (X509Certificate certificate : chain) {
      for (X509CRL list : revoked) {
        Optional<X509CRLEntry> entry = Optional.ofNullable(list.getRevokedCertificate(certificate));
        if (entry.isPresent()) {
          Date date = entry.get().getRevocationDate();
          throw new CertificateException(
              "revoked",
              new CertificateRevokedException(
                  date, CRLReason.UNSPECIFIED, list.getIssuerX500Principal(), Map.of()));
        }
      }
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain, revoked);
    next.checkClientTrusted(chain, type);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain, revoked);
    next.checkServerTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain, revoked);
    next.checkClientTrusted(chain, type, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain, revoked);
    next.checkServerTrusted(chain, type, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain, revoked);
    next.checkClientTrusted(chain, type, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain, revoked);
    next.checkServerTrusted(chain, type, engine);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return next.getAcceptedIssuers();
  }
}

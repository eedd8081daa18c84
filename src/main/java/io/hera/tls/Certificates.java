package io.hera.tls;

import java.io.ByteArrayInputStream;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reads certificates. Methods that read throw IllegalArgumentException with the predicate of a sentence about the text. */
final class Certificates {
  static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

  private static final String ANY_USAGE = "2.5.29.37.0";

  private Certificates() {}

  /** Returns all certificates of a text, at least one. */
  static List<X509Certificate> read(String text) {
    List<X509Certificate> found = new ArrayList<>();
    for (PemBlock block : PemBlock.of(text)) {
      if (block.label().equals("CERTIFICATE")) {
        found.add(certificate(block.der(), found.size() + 1));
      }
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException("has no certificate");
    }
    return found;
  }

  /** Returns all revocation lists of a text, at least one. */
  static List<X509CRL> readRevoked(String text) {
    List<X509CRL> found = new ArrayList<>();
    for (PemBlock block : PemBlock.of(text)) {
      if (block.label().equals("X509 CRL")) {
        found.add(revoked(block.der()));
      }
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException("has no revocation list (X509 CRL)");
    }
    return found;
  }

  /** Returns whether a certificate may be used for a purpose: it has no restriction, or one that includes it. */
  static boolean isFor(X509Certificate certificate, String usage) {
    try {
      List<String> usages = certificate.getExtendedKeyUsage();
      return usages == null || usages.contains(usage) || usages.contains(ANY_USAGE);
    } catch (CertificateParsingException unreadable) {
      return false;
    }
  }

  private static X509Certificate certificate(byte[] der, int number) {
    try {
      return (X509Certificate) CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw new IllegalArgumentException("has a certificate that is damaged, number " + number, e);
    }
  }

  private static X509CRL revoked(byte[] der) {
    try {
      return (X509CRL)
          CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
    } catch (CertificateException | CRLException e) {
      throw new IllegalArgumentException("has a revocation list that is damaged", e);
    }
  }
}

package io.hera.tls;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * By which certificates others are trusted.
 *
 * @param anchors the trusted certificates; those of the JDK if the list is empty
 * @param revoked lists of certificates that are not trusted any more
 */
public record Trust(List<X509Certificate> anchors, List<X509CRL> revoked) {
  /** Copies the lists. */
  public Trust {
    anchors = List.copyOf(anchors);
    revoked = List.copyOf(revoked);
  }

  /**
   * Returns the trust in the content of two files.
   *
   * @throws TlsException if one of them is faulty
   */
  static Trust of(Optional<PemFile> ca, Optional<PemFile> crl) throws TlsException {
    List<TlsFault> faults = new ArrayList<>();
    List<X509Certificate> anchors = new ArrayList<>();
    List<X509CRL> revoked = new ArrayList<>();
    ca.ifPresent(file -> read(file, faults, () -> anchors.addAll(Certificates.read(file.text()))));
    crl.ifPresent(
        file -> read(file, faults, () -> revoked.addAll(Certificates.readRevoked(file.text()))));
    if (!faults.isEmpty()) {
      throw new TlsException(faults);
    }
    return new Trust(anchors, revoked);
  }

  /** Runs what reads a file, and notes its fault. */
  static void read(PemFile file, List<TlsFault> faults, Runnable reading) {
    try {
      reading.run();
    } catch (IllegalArgumentException fault) {
      faults.add(new TlsFault(file.path(), String.valueOf(fault.getMessage())));
    }
  }

  /** Returns a context for clients without a certificate of their own. */
  public SSLContext clientContext() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {manager(Optional.empty())}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no TLS", e);
    }
  }

  /** Returns whether the chain of a client is trusted now. */
  public boolean trusts(List<X509Certificate> chain) {
    try {
      X509Certificate[] all = chain.toArray(X509Certificate[]::new);
      manager(Optional.empty()).checkClientTrusted(all, all[0].getPublicKey().getAlgorithm());
      return true;
    } catch (CertificateException refused) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no PKIX", e);
    }
  }

  /** Returns what decides about certificates, at a certain time, or else now. */
  X509ExtendedTrustManager manager(Optional<Instant> at) throws GeneralSecurityException {
    Set<TrustAnchor> trusted = trusted().stream()
        .map(certificate -> new TrustAnchor(certificate, null))
        .collect(Collectors.toSet());
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(trusted, new X509CertSelector());
    parameters.setRevocationEnabled(false);
    at.map(Date::from).ifPresent(parameters::setDate);
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(new CertPathTrustManagerParameters(parameters));
    return new RevocationCheck(extended(factory), revoked);
  }

  private List<X509Certificate> trusted() throws GeneralSecurityException {
    if (!anchors.isEmpty()) {
      return anchors;
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509TrustManager.class::isInstance)
        .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
        .toList();
  }

  private static X509ExtendedTrustManager extended(TrustManagerFactory factory) {
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509ExtendedTrustManager.class::isInstance)
        .map(X509ExtendedTrustManager.class::cast)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("PKIX has no trust manager"));
  }
}

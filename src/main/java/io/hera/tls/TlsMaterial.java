package io.hera.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * The keys and certificates of a node. {@link MaterialCheck} makes it, and proves that it can be served.
 *
 * @param files what it was read from
 * @param chain the node's own certificate, followed by those of its issuers
 * @param key the private key of the first certificate
 * @param trust by which certificates peers are trusted
 */
public record TlsMaterial(
    TlsFiles files, List<X509Certificate> chain, PrivateKey key, Trust trust) {
  /** Copies the chain. */
  public TlsMaterial {
    chain = List.copyOf(chain);
  }

  /**
   * Reads the content of files.
   *
   * @throws TlsException with the faults of all files
   */
  public static TlsMaterial read(TlsFiles files) throws TlsException {
    List<TlsFault> faults = new ArrayList<>();
    List<X509Certificate> chain = new ArrayList<>();
    List<PrivateKey> keys = new ArrayList<>();
    Trust.read(
        files.certificate(),
        faults,
        () -> chain.addAll(Certificates.read(files.certificate().text())));
    Trust.read(
        files.key(),
        faults,
        () -> keys.add(PrivateKeys.of(PemBlock.of(files.key().text()))));
    Trust trust = new Trust(List.of(), List.of());
    try {
      trust = Trust.of(files.ca(), files.crl());
    } catch (TlsException more) {
      faults.addAll(more.faults());
    }
    if (!faults.isEmpty()) {
      throw new TlsException(faults);
    }
    return new TlsMaterial(files, chain, keys.get(0), trust);
  }

  /** Returns the node's own certificate. */
  public X509Certificate own() {
    return chain.get(0);
  }

  /** Returns the hosts that the node's own certificate is for. */
  public SubjectNames names() {
    return SubjectNames.of(own());
  }

  /** Returns the certificate of the configured CA that expires first; empty if the CAs are those of the JDK. */
  public Optional<X509Certificate> ca() {
    return trust.anchors().stream().min(Comparator.comparing(X509Certificate::getNotAfter));
  }

  /** Returns whether a client may show the own certificate. */
  public boolean isForClients() {
    return Certificates.isFor(own(), Certificates.CLIENT_AUTH);
  }

  /** Returns whether peers of the same CA know the node by its certificate. */
  public boolean provesNode() {
    return isForClients() && !trust.anchors().isEmpty();
  }

  /** Returns whether any certificate that a handshake needs has expired. */
  public boolean isExpired(Instant now) {
    return chain.stream().anyMatch(one -> Expiry.of(one, now) == Expiry.EXPIRED);
  }

  /** Returns a context for clients that show the own certificate. */
  public SSLContext clientContext() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          OwnKey.managers(this), new TrustManager[] {trust.manager(Optional.empty())}, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the JDK has no TLS", e);
    }
  }

  /** Returns the chain in PEM, and nothing else. */
  public String chainPem() {
    return Pem.of(chain);
  }

  /** Returns the key in PKCS#8. */
  public String keyPem() {
    return Pem.of(key);
  }

  /** Returns the certificates of the configured CAs in PEM; empty if the CAs are those of the JDK. */
  public String caPem() {
    return Pem.of(trust.anchors());
  }

  /** Returns the revocation lists in PEM; empty if there are none. */
  public String crlPem() {
    return Pem.ofRevoked(trust.revoked());
  }

  /** Returns the paths: a key is not shown. */
  @Override
  public String toString() {
    return files.toString();
  }
}

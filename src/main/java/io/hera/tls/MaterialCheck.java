package io.hera.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Checks TLS material before it is served: first each rule for which there are words, then all of them by a handshake of the
 * material with itself. The handshake runs the code that later serves it, so what it accepts works, and the first client does
 * not wait until that code is loaded.
 */
public final class MaterialCheck {
  private final TlsMaterial material;
  private final Terms terms;
  private final List<TlsFault> faults = new ArrayList<>();

  private MaterialCheck(TlsMaterial material, Terms terms) {
    this.material = material;
    this.terms = terms;
  }

  /** Whether other nodes call this one. */
  public enum Peers {
    /** There are none: the certificate may be for other hosts, and its CA unknown. */
    NONE,
    /** There are some, which trust what this node trusts. */
    SOME
  }

  /**
   * What the material is for.
   *
   * @param host where peers reach this node
   * @param peers whether there are any
   * @param now the time of the check
   */
  public record Terms(String host, Peers peers, Instant now) {}

  /**
   * Material that can be served. It may have expired, and nothing else is wrong with it.
   *
   * @param warnings a line for each thing that only some clients refuse
   */
  public record Checked(TlsMaterial material, List<String> warnings) {}

  /**
   * Returns the material in these files.
   *
   * @throws TlsException with every fault other than that certificates have expired
   */
  public static Checked check(TlsFiles files, Terms terms) throws TlsException {
    MaterialCheck check = new MaterialCheck(TlsMaterial.read(files), terms);
    check.checkKey();
    check.checkChain();
    check.checkDates();
    check.checkRevoked();
    List<String> warnings = check.checkName();
    if (check.faults.isEmpty()) {
      check.tryOut(warnings.isEmpty() ? Optional.of(terms.host()) : Optional.empty());
    }
    if (!check.faults.isEmpty()) {
      throw new TlsException(check.faults);
    }
    return new Checked(check.material, warnings);
  }

  private void checkKey() {
    if (!isPair(material.key(), material.own())) {
      faults.add(new TlsFault(
          material.files().key().path(),
          "is not the key of the certificate in "
              + material.files().certificate().path()));
    }
  }

  private static boolean isPair(PrivateKey key, X509Certificate certificate) {
    String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
    byte[] text = {1, 2, 3};
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(text);
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(certificate.getPublicKey());
      verifier.update(text);
      return verifier.verify(signer.sign());
    } catch (GeneralSecurityException otherAlgorithm) {
      return false;
    }
  }

  private void checkChain() {
    List<X509Certificate> chain = material.chain();
    for (int i = 0; i + 1 < chain.size(); i++) {
      if (!chain
          .get(i)
          .getIssuerX500Principal()
          .equals(chain.get(i + 1).getSubjectX500Principal())) {
        certificateFault("has certificates in the wrong order: number " + (i + 2)
            + " did not issue number " + (i + 1) + "; the node's own comes first, then its issuer");
        return;
      }
    }
    if (!Certificates.isFor(material.own(), Certificates.SERVER_AUTH)) {
      certificateFault("is not a server's: its extended key usage has no serverAuth");
    }
  }

  private void checkDates() {
    material.chain().stream()
        .map(certificate -> certificate.getNotBefore().toInstant())
        .filter(from -> from.isAfter(terms.now()))
        .findFirst()
        .ifPresent(from -> certificateFault("is valid from " + from + " on, not yet"));
  }

  private void checkRevoked() {
    try {
      RevocationCheck.check(
          material.chain().toArray(X509Certificate[]::new), material.trust().revoked());
    } catch (CertificateException revoked) {
      certificateFault("is revoked by the node's own revocation list");
    }
  }

  /** Returns a warning if the certificate is for other hosts only, and that is not a fault. */
  private List<String> checkName() {
    if (material.names().matches(terms.host())) {
      return List.of();
    }
    String rule =
        "names " + material.names() + " but not " + terms.host() + ", which is this node's host";
    if (terms.peers() == Peers.SOME) {
      certificateFault(rule + " in the cluster");
      return List.of();
    }
    return List.of(material.files().certificate().path() + " " + rule);
  }

  private void tryOut(Optional<String> host) {
    Trust trust = terms.peers() == Peers.NONE && material.trust().anchors().isEmpty()
        ? new Trust(List.of(material.chain().get(material.chain().size() - 1)), List.of())
        : material.trust();
    try {
      TrialHandshake.run(material, trust, host, validAt());
    } catch (GeneralSecurityException | IOException failure) {
      certificateFault(failed(failure));
    }
  }

  private String failed(Exception failure) {
    TlsFailure kind = TlsFailure.of(failure);
    if (kind == TlsFailure.UNTRUSTED) {
      return material
          .files()
          .ca()
          .map(ca -> "is not issued by a certificate in " + ca.path()
              + ", or an intermediate certificate is missing")
          .orElse(
              "is not issued by a CA that the JDK knows, and peers have no ca.crt to trust it by");
    }
    return "cannot be served: a handshake with itself fails: " + failure.getMessage();
  }

  /** Returns a time at which no certificate has expired: now, unless one has. */
  private Instant validAt() {
    Instant end = material.chain().stream()
        .map(certificate -> certificate.getNotAfter().toInstant())
        .min(Comparator.naturalOrder())
        .orElse(terms.now());
    return end.isBefore(terms.now()) ? end.minusSeconds(1) : terms.now();
  }

  private void certificateFault(String rule) {
    faults.add(new TlsFault(material.files().certificate().path(), rule));
  }
}

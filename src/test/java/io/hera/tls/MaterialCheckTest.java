package io.hera.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.hera.testkit.TestCa;
import io.hera.testkit.TestCa.Issued;
import io.hera.tls.MaterialCheck.Peers;
import io.hera.tls.MaterialCheck.Terms;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which TLS material is accepted, and in which words other material is refused. */
class MaterialCheckTest {
  private static final TestCa CA = new TestCa();
  private static final Issued GOOD = CA.issue("a.example", "10.0.0.1");

  private static TlsFiles files(String certificate, String key, String ca) {
    return files(certificate, key, ca, "");
  }

  private static TlsFiles files(String certificate, String key, String ca, String crl) {
    return new TlsFiles(
        new PemFile("tls.crt", certificate),
        new PemFile("tls.key", key),
        Optional.of(new PemFile("ca.crt", ca)).filter(file -> !file.text().isEmpty()),
        Optional.of(new PemFile("ca.crl", crl)).filter(file -> !file.text().isEmpty()));
  }

  private static TlsFiles files(Issued issued) {
    return files(issued.certificatePem(), issued.keyPem(), CA.pem());
  }

  private static MaterialCheck.Checked accepted(TlsFiles files, Terms terms) {
    try {
      return MaterialCheck.check(files, terms);
    } catch (TlsException refused) {
      throw new AssertionError(refused.getMessage(), refused);
    }
  }

  private static TlsMaterial accepted(TlsFiles files) {
    return accepted(files, terms("a.example")).material();
  }

  private static List<String> faults(TlsFiles files, Terms terms) {
    try {
      MaterialCheck.check(files, terms);
      return List.of();
    } catch (TlsException refused) {
      return refused.faults().stream().map(TlsFault::toString).toList();
    }
  }

  private static List<String> faults(TlsFiles files) {
    return faults(files, terms("a.example"));
  }

  private static Terms terms(String host) {
    return new Terms(host, Peers.SOME, Instant.now());
  }

  @ParameterizedTest
  @ValueSource(ints = {2048, 3072})
  void anRsaKeyIsReadInBothForms(int bits) {
    Issued rsa = CA.issue(TestCa.request().names("a.example").rsa(bits));

    assertThat(accepted(files(rsa)).key()).isEqualTo(rsa.keys().getPrivate());
    assertThat(accepted(files(rsa.certificatePem(), rsa.oldKeyPem(), CA.pem())).key())
        .isEqualTo(rsa.keys().getPrivate());
  }

  @Test
  void anEcKeyIsReadInBothForms() {
    for (String key : List.of(GOOD.keyPem(), GOOD.oldKeyPem())) {
      assertThat(accepted(files(GOOD.certificatePem(), key, CA.pem())).key())
          .isInstanceOfSatisfying(
              ECPrivateKey.class,
              read -> assertThat(read.getS())
                  .isEqualTo(((ECPrivateKey) GOOD.keys().getPrivate()).getS()));
    }
  }

  /** {@code openssl ecparam -genkey} writes the curve before the key. */
  @Test
  void anEcKeyMayHaveItsCurveInABlockOfItsOwn() {
    byte[] p256 = {6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 3, 1, 7};
    String key = TestCa.join(TestCa.pem("EC PARAMETERS", p256), GOOD.bareKeyPem());

    assertThat(faults(files(GOOD.certificatePem(), key, CA.pem()))).isEmpty();
    assertThat(faults(files(GOOD.certificatePem(), GOOD.bareKeyPem(), CA.pem())))
        .hasSize(1);
  }

  @Test
  void theMaterialIsWrittenAsItWasRead() {
    TestCa intermediate = CA.intermediate();
    Issued issued = intermediate.issue("a.example");
    String chain = TestCa.join("a comment\n", issued.certificatePem(), intermediate.pem());
    TlsMaterial material = accepted(files(chain, issued.keyPem(), CA.pem()));

    assertThat(material.chainPem())
        .isEqualTo(TestCa.join(issued.certificatePem(), intermediate.pem()));
    assertThat(material.keyPem()).isEqualTo(issued.keyPem());
    assertThat(material.caPem()).isEqualTo(CA.pem());
    assertThat(material.toString()).doesNotContain("PRIVATE");
  }

  @Test
  void aCertificateWithoutClientAuthIsNotForClients() {
    assertThat(accepted(files(GOOD)).isForClients()).isTrue();
    Issued server = CA.issue(TestCa.request().names("a.example").serverOnly());
    assertThat(accepted(files(server)).isForClients()).isFalse();
  }

  @Test
  void severalCertificatesOfCasAreTrusted() {
    TestCa other = new TestCa();

    assertThat(
            faults(files(GOOD.certificatePem(), GOOD.keyPem(), TestCa.join(other.pem(), CA.pem()))))
        .isEmpty();
  }

  @Test
  void allFaultsOfAllFilesAreFound() {
    assertThat(faults(files("", "", "no PEM", "x")))
        .containsExactly(
            "tls.crt has no certificate",
            "tls.key has no private key",
            "ca.crt has no certificate",
            "ca.crl has no revocation list (X509 CRL)");
  }

  @Test
  void aFileThatIsCutOffOrDamagedIsRefused() {
    String whole = GOOD.certificatePem();

    assertThat(faults(files(whole.substring(0, 200), GOOD.keyPem(), CA.pem())))
        .containsExactly("tls.crt is cut off: the line -----END CERTIFICATE----- is missing");
    assertThat(faults(files(whole.replaceFirst("MII", "MI!"), GOOD.keyPem(), CA.pem())))
        .containsExactly(
            "tls.crt has a block CERTIFICATE that is not Base64: it was cut or changed");
    assertThat(faults(files(
            TestCa.join(whole, TestCa.pem("CERTIFICATE", new byte[100])), GOOD.keyPem(), CA.pem())))
        .containsExactly("tls.crt has a certificate that is damaged, number 2");
    assertThat(faults(files(whole, TestCa.pem("EC PRIVATE KEY", new byte[100]), CA.pem())))
        .containsExactly("tls.key has a key that is neither RSA nor EC on P-256, P-384 or P-521,"
            + " or that is damaged");
  }

  @ParameterizedTest
  @ValueSource(strings = {"""
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        AAAA
        -----END ENCRYPTED PRIVATE KEY-----
        """, """
        -----BEGIN RSA PRIVATE KEY-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: AES-256-CBC,00

        AAAA
        -----END RSA PRIVATE KEY-----
        """})
  void anEncryptedKeyIsRefused(String key) {
    assertThat(faults(files(GOOD.certificatePem(), key, CA.pem())))
        .containsExactly("tls.key has an encrypted key: decrypt it (openssl pkey) and protect the"
            + " file by its mode");
  }

  @Test
  void twoKeysAreRefused() {
    assertThat(faults(
            files(GOOD.certificatePem(), TestCa.join(GOOD.keyPem(), GOOD.oldKeyPem()), CA.pem())))
        .containsExactly("tls.key has 2 private keys: keep one");
  }

  @Test
  void aShortKeyIsRefused() {
    Issued weak = CA.issue(TestCa.request().names("a.example").rsa(1024));

    assertThat(faults(files(weak)))
        .containsExactly("tls.key has an RSA key of 1024 bits: at least 2048");
  }

  @Test
  void theKeyOfAnotherCertificateIsRefused() {
    for (Issued other : List.of(
        CA.issue("a.example"), CA.issue(TestCa.request().names("a.example").rsa(2048)))) {
      assertThat(faults(files(GOOD.certificatePem(), other.keyPem(), CA.pem())))
          .containsExactly("tls.key is not the key of the certificate in tls.crt");
    }
  }

  @Test
  void aChainInTheWrongOrderIsRefused() {
    TestCa intermediate = CA.intermediate();
    Issued issued = intermediate.issue("a.example");
    String wrong = TestCa.join(issued.certificatePem(), CA.pem(), intermediate.pem());

    assertThat(faults(files(wrong, issued.keyPem(), CA.pem())))
        .containsExactly("tls.crt has certificates in the wrong order: number 2 did not issue"
            + " number 1; the node's own comes first, then its issuer");
  }

  @Test
  void aMissingIntermediateCertificateIsAFault() {
    Issued issued = CA.intermediate().issue("a.example");

    assertThat(faults(files(issued)))
        .containsExactly("tls.crt is not issued by a certificate in ca.crt, or an intermediate"
            + " certificate is missing");
  }

  @Test
  void withoutACaAPrivateCertificateIsAFaultOnlyIfThereArePeers() {
    TlsFiles own = files(GOOD.certificatePem(), GOOD.keyPem(), "");

    assertThat(faults(own))
        .containsExactly("tls.crt is not issued by a CA that the JDK knows, and peers have no"
            + " ca.crt to trust it by");
    assertThat(faults(own, new Terms("a.example", Peers.NONE, Instant.now()))).isEmpty();
  }

  @Test
  void aCertificateForAnotherHostIsAFaultOnlyIfThereArePeers() {
    assertThat(faults(files(GOOD), terms("b.example")))
        .containsExactly("tls.crt names a.example, 10.0.0.1 but not b.example, which is this"
            + " node's host in the cluster");
    assertThat(accepted(files(GOOD), new Terms("b.example", Peers.NONE, Instant.now()))
            .warnings())
        .containsExactly(
            "tls.crt names a.example, 10.0.0.1 but not b.example, which is this" + " node's host");
  }

  @Test
  void aCertificateForClientsOnlyIsRefused() {
    Issued client = CA.issue(TestCa.request().names("a.example").clientOnly());

    assertThat(faults(files(client)))
        .containsExactly("tls.crt is not a server's: its extended key usage has no serverAuth");
  }

  @Test
  void anExpiredCertificateIsAcceptedAndOtherFaultsAreStillFound() {
    Issued expired = CA.issue(
        TestCa.request().names("a.example").valid(Duration.ofDays(-2), Duration.ofDays(-1)));

    assertThat(accepted(files(expired)).isExpired(Instant.now())).isTrue();
    assertThat(accepted(files(GOOD)).isExpired(Instant.now())).isFalse();
    assertThat(faults(files(expired.certificatePem(), GOOD.keyPem(), CA.pem()))).hasSize(1);
  }

  @Test
  void aCertificateOfTheFutureIsRefused() {
    Issued future =
        CA.issue(TestCa.request().names("a.example").valid(Duration.ofDays(1), Duration.ofDays(2)));

    assertThat(faults(files(future)))
        .hasSize(1)
        .allMatch(rule -> rule.matches("tls.crt is valid from \\S+ on, not yet"));
  }

  @Test
  void aCertificateOnItsOwnRevocationListIsRefused() {
    String key = GOOD.keyPem();

    assertThat(faults(files(GOOD.certificatePem(), key, CA.pem(), CA.revoke(GOOD))))
        .containsExactly("tls.crt is revoked by the node's own revocation list");
    assertThat(
            faults(files(GOOD.certificatePem(), key, CA.pem(), CA.revoke(CA.issue("b.example")))))
        .isEmpty();
  }
}

package io.hera.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority for tests, and the certificates that it issues: good ones, and bad ones of each kind. */
public final class TestCa {
  private static final AtomicLong SERIALS = new AtomicLong(1);

  private final Issued own;

  /** A new CA with a key of its own. */
  public TestCa() {
    this(Duration.ofDays(365));
  }

  /** A new CA that is valid for this time. */
  public TestCa(Duration validity) {
    this(Duration.ofHours(-1), validity);
  }

  /** A new CA that is valid between these times from now. */
  public TestCa(Duration since, Duration until) {
    Request request = request().valid(since, until).authority();
    this.own = issue("CN=ca " + SERIALS.get(), keys("EC", 256), null, request);
  }

  private TestCa(Issued own) {
    this.own = own;
  }

  /** A certificate with its key. */
  public record Issued(X509Certificate certificate, KeyPair keys) {
    /** Returns the certificate in PEM. */
    public String certificatePem() {
      try {
        return pem("CERTIFICATE", certificate.getEncoded());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    /** Returns the key in PKCS#8. */
    public String keyPem() {
      return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
    }

    /** Returns the key in the older form of its algorithm: PKCS#1 or SEC1. */
    public String oldKeyPem() {
      try {
        PrivateKeyInfo info = PrivateKeyInfo.getInstance(keys.getPrivate().getEncoded());
        ASN1Object inner = keys.getPrivate() instanceof java.security.interfaces.ECPrivateKey key
            ? new ECPrivateKey(256, key.getS(), info.getPrivateKeyAlgorithm().getParameters())
            : info.parsePrivateKey().toASN1Primitive();
        return pem(keys.getPrivate().getAlgorithm() + " PRIVATE KEY", inner.getEncoded());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Returns the EC key in SEC1, without its curve. */
    public String bareKeyPem() {
      try {
        ECPrivateKey bare = new ECPrivateKey(
            256, ((java.security.interfaces.ECPrivateKey) keys.getPrivate()).getS());
        return pem("EC PRIVATE KEY", bare.getEncoded());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The content of a certificate that is asked for. */
  public record Request(
      List<GeneralName> names,
      List<KeyPurposeId> usages,
      Instant from,
      Instant to,
      String algorithm,
      int bits,
      boolean isAuthority) {
    /** Adds names of hosts and IP addresses. */
    public Request names(String... hosts) {
      List<GeneralName> all = Arrays.stream(hosts).map(TestCa::name).toList();
      return new Request(all, usages, from, to, algorithm, bits, isAuthority);
    }

    /** For servers only, as public CAs issue them. */
    public Request serverOnly() {
      return usages(KeyPurposeId.id_kp_serverAuth);
    }

    /** For clients only. */
    public Request clientOnly() {
      return usages(KeyPurposeId.id_kp_clientAuth);
    }

    private Request usages(KeyPurposeId usage) {
      return new Request(names, List.of(usage), from, to, algorithm, bits, isAuthority);
    }

    /** Valid from and to these times, counted from now. */
    public Request valid(Duration since, Duration until) {
      Instant now = Instant.now();
      return new Request(
          names, usages, now.plus(since), now.plus(until), algorithm, bits, isAuthority);
    }

    /** With an RSA key. */
    public Request rsa(int keyBits) {
      return new Request(names, usages, from, to, "RSA", keyBits, isAuthority);
    }

    private Request authority() {
      return new Request(names, List.of(), from, to, algorithm, bits, true);
    }
  }

  /** Returns a request for a certificate of the host 127.0.0.1, for servers and clients, for a year. */
  public static Request request() {
    return new Request(
            List.of(),
            List.of(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth),
            Instant.now(),
            Instant.now(),
            "EC",
            256,
            false)
        .names("127.0.0.1")
        .valid(Duration.ofHours(-1), Duration.ofDays(365));
  }

  /** Issues a certificate. */
  public Issued issue(Request request) {
    return issue("CN=node", keys(request.algorithm, request.bits), own, request);
  }

  /** Issues a certificate for hosts and IP addresses, with everything else as usual. */
  public Issued issue(String... hosts) {
    return issue(request().names(hosts));
  }

  /** Issues a certificate for a key that has one already. */
  public Issued issueAgain(Issued before, Request request) {
    return issue("CN=node", before.keys, own, request);
  }

  /** Returns a CA that this one has issued. */
  public TestCa intermediate() {
    return new TestCa(
        issue("CN=ca " + SERIALS.get(), keys("EC", 256), own, request().authority()));
  }

  /** Returns until when the certificate of this CA is valid. */
  public Instant notAfter() {
    return own.certificate.getNotAfter().toInstant();
  }

  /** Returns the certificate of this CA in PEM. */
  public String pem() {
    return own.certificatePem();
  }

  /** Returns what a client of TLS needs that trusts this CA alone. */
  public SSLContext clientContext() {
    return clientContext(new KeyManager[0]);
  }

  /** Returns what a client of TLS needs that shows a certificate. */
  public SSLContext clientContext(Issued shown) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "own", shown.keys.getPrivate(), new char[0], new X509Certificate[] {shown.certificate});
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, new char[0]);
      return clientContext(factory.getKeyManagers());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SSLContext clientContext(KeyManager[] keys) {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("ca", own.certificate);
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a revocation list with these certificates. */
  @SuppressWarnings("JavaUtilDate") // Bouncy Castle asks for it
  public String revoke(Issued... revoked) {
    X509v2CRLBuilder list = new X509v2CRLBuilder(subject(own), Date.from(Instant.now()));
    for (Issued one : revoked) {
      list.addCRLEntry(one.certificate.getSerialNumber(), Date.from(Instant.now()), 0);
    }
    try {
      return pem("X509 CRL", list.build(signer(own.keys.getPrivate())).getEncoded());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes {@code tls.crt}, {@code tls.key} and {@code ca.crt} as an operator would, and returns the directory. */
  public Path write(Path directory, Issued issued) {
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("tls.crt"), issued.certificatePem());
      Files.writeString(directory.resolve("tls.key"), issued.keyPem());
      Files.writeString(directory.resolve("ca.crt"), pem());
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a block of PEM. */
  public static String pem(String label, byte[] der) {
    return "-----BEGIN " + label + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label
        + "-----\n";
  }

  private static GeneralName name(String host) {
    boolean address = host.matches("[0-9.]+|.*:.*") && !host.contains("://");
    int type = host.contains("://")
        ? GeneralName.uniformResourceIdentifier
        : address ? GeneralName.iPAddress : GeneralName.dNSName;
    return address ? new GeneralName(type, host) : new GeneralName(type, new DERIA5String(host));
  }

  private static Issued issue(String subject, KeyPair keys, Issued issuer, Request request) {
    X500Name name = new X500Name(subject);
    X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
        issuer == null ? name : subject(issuer),
        BigInteger.valueOf(SERIALS.getAndIncrement()),
        Date.from(request.from),
        Date.from(request.to),
        name,
        keys.getPublic());
    try {
      builder.addExtension(
          Extension.basicConstraints, true, new BasicConstraints(request.isAuthority));
      if (!request.usages.isEmpty()) {
        builder.addExtension(
            Extension.extendedKeyUsage,
            false,
            new ExtendedKeyUsage(request.usages.toArray(KeyPurposeId[]::new)));
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(request.names.toArray(GeneralName[]::new)));
      }
      PrivateKey signing = (issuer == null ? keys : issuer.keys).getPrivate();
      return new Issued(
          new JcaX509CertificateConverter().getCertificate(builder.build(signer(signing))), keys);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X500Name subject(Issued issued) {
    return X500Name.getInstance(issued.certificate.getSubjectX500Principal().getEncoded());
  }

  private static ContentSigner signer(PrivateKey key) {
    try {
      return new JcaContentSignerBuilder(
              key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA")
          .build(key);
    } catch (OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair keys(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the PEM of several blocks in one file. */
  public static String join(String... blocks) {
    return Arrays.stream(blocks).collect(Collectors.joining());
  }
}

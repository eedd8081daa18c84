package io.hera.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * The PEM files that {@code HERA_CA}, {@code HERA_CERT} and {@code HERA_KEY} name. A fault is an {@link
 * IllegalArgumentException} that begins with the variable.
 *
 * @param ca the authorities to trust; empty for those of the JDK
 * @param certificate what to show to nodes, with the intermediate ones behind it; it needs the key
 */
record PemFiles(Optional<String> ca, Optional<String> certificate, Optional<String> key) {
  private static final char[] NO_PASSWORD = new char[0];
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN ([A-Z ]*)PRIVATE KEY-----([A-Za-z0-9+/=\\s]*)-----END ");

  PemFiles {
    if (certificate.isPresent() && key.isEmpty()) {
      throw new IllegalArgumentException(
          "HERA_CERT: HERA_KEY is not set: a certificate needs its key");
    }
    if (key.isPresent() && certificate.isEmpty()) {
      throw new IllegalArgumentException(
          "HERA_KEY: HERA_CERT is not set: a key needs its certificate");
    }
  }

  /** Reads the files; empty if there are none. */
  Optional<SSLContext> context() {
    if (ca.isEmpty() && certificate.isEmpty()) {
      return Optional.empty();
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(), trusted(), null);
      return Optional.of(context);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "HERA_CA, HERA_CERT and HERA_KEY cannot be used: " + e.getMessage(), e);
    }
  }

  private TrustManager[] trusted() throws IOException, GeneralSecurityException {
    KeyStore trusted = empty();
    int number = 0;
    for (Certificate one :
        ca.isPresent() ? certificates("HERA_CA", ca.get()) : List.<Certificate>of()) {
      trusted.setCertificateEntry("ca-" + number++, one);
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(ca.isPresent() ? trusted : null);
    return managers.getTrustManagers();
  }

  private KeyManager[] keys() throws IOException, GeneralSecurityException {
    if (certificate.isEmpty() || key.isEmpty()) {
      return new KeyManager[0];
    }
    List<Certificate> chain = certificates("HERA_CERT", certificate.get());
    PrivateKey own = key(key.get());
    if (!belongTogether(own, chain.get(0))) {
      throw new IllegalArgumentException(
          "HERA_KEY: " + key.get() + " is not the key of the certificate in " + certificate.get());
    }
    KeyStore store = empty();
    store.setKeyEntry("own", own, NO_PASSWORD, chain.toArray(Certificate[]::new));
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, NO_PASSWORD);
    return managers.getKeyManagers();
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static List<Certificate> certificates(String variable, String file) {
    try (InputStream pem = Files.newInputStream(Path.of(file))) {
      List<Certificate> all =
          List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(pem));
      if (all.isEmpty()) {
        throw new IllegalArgumentException(variable + ": " + file + " has no certificate");
      }
      return all;
    } catch (IOException | GeneralSecurityException e) {
      throw unreadable(variable, file, e);
    }
  }

  private static PrivateKey key(String file) {
    try {
      Matcher pem = KEY.matcher(Files.readString(Path.of(file), StandardCharsets.ISO_8859_1));
      if (!pem.find()) {
        throw new IllegalArgumentException("HERA_KEY: " + file + " has no private key");
      }
      if (!pem.group(1).isEmpty()) {
        throw new IllegalArgumentException("HERA_KEY: " + file + " has a key in the form "
            + pem.group(1) + "PRIVATE KEY: make an unencrypted PKCS#8 key of it (openssl pkey)");
      }
      return key(Base64.getMimeDecoder().decode(pem.group(2)));
    } catch (IOException | GeneralSecurityException e) {
      throw unreadable("HERA_KEY", file, e);
    }
  }

  private static PrivateKey key(byte[] pkcs8) throws GeneralSecurityException {
    PKCS8EncodedKeySpec encoded = new PKCS8EncodedKeySpec(pkcs8);
    try {
      return KeyFactory.getInstance("EC").generatePrivate(encoded);
    } catch (GeneralSecurityException notThatKind) {
      return KeyFactory.getInstance("RSA").generatePrivate(encoded);
    }
  }

  /** Signs something with one, and verifies it with the other. */
  private static boolean belongTogether(PrivateKey own, Certificate shown)
      throws GeneralSecurityException {
    String algorithm = own.getAlgorithm();
    if (!algorithm.equals(shown.getPublicKey().getAlgorithm())) {
      return false;
    }
    Signature signature =
        Signature.getInstance(algorithm.equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
    signature.initSign(own);
    byte[] signed = signature.sign();
    signature.initVerify(shown.getPublicKey());
    return signature.verify(signed);
  }

  private static IllegalArgumentException unreadable(String variable, String file, Exception why) {
    return new IllegalArgumentException(
        variable + ": " + file + " cannot be read: " + why.getMessage(), why);
  }
}

package io.hera.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Reads {@link HeraSettings} from the variables {@code HERA_…}. */
final class Environment {
  private static final String LOCAL = "http://127.0.0.1:8080";

  private Environment() {}

  static HeraSettings settings(Map<String, String> variables) {
    HeraSettings settings = HeraSettings.of(get(variables, "HERA_NODES").orElse(LOCAL));
    settings = get(variables, "HERA_ZONE").map(settings::withZone).orElse(settings);
    settings = get(variables, "HERA_ADVERTISE").map(settings::withAdvertise).orElse(settings);
    settings = get(variables, "HERA_CA")
        .map(Environment::trusting)
        .map(settings::withTls)
        .orElse(settings);
    return token(variables).map(settings::withToken).orElse(settings);
  }

  private static Optional<Supplier<String>> token(Map<String, String> variables) {
    Optional<String> token = get(variables, "HERA_TOKEN");
    Optional<String> file = get(variables, "HERA_TOKEN_FILE");
    if (token.isPresent() && file.isPresent()) {
      throw new IllegalArgumentException("HERA_TOKEN: HERA_TOKEN_FILE is set, too");
    }
    return token
        .<Supplier<String>>map(text -> () -> text)
        .or(() -> file.map(name -> () -> read(Path.of(name))));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a context that trusts the authorities in a PEM file. */
  private static SSLContext trusting(String file) {
    try (InputStream pem = Files.newInputStream(Path.of(file))) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int number = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        trusted.setCertificateEntry("ca-" + number++, one);
      }
      if (number == 0) {
        throw new IllegalArgumentException("HERA_CA: " + file + " has no certificate");
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "HERA_CA: " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Optional<String> get(Map<String, String> variables, String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }
}

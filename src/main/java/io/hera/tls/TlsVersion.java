package io.hera.tls;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** The oldest version of TLS that a server accepts. Version 1.1 and older ones are broken, and the JDK refuses them. */
public enum TlsVersion {
  V1_2("1.2"),
  V1_3("1.3");

  private final String text;

  TlsVersion(String text) {
    this.text = text;
  }

  /** Returns the version with this number. */
  public static Optional<TlsVersion> of(String text) {
    return Arrays.stream(values()).filter(version -> version.text.equals(text)).findFirst();
  }

  /** Returns this version and later ones, by the names of the JDK. */
  public Set<String> protocols() {
    return this == V1_3 ? Set.of("TLSv1.3") : Set.of("TLSv1.2", "TLSv1.3");
  }

  /** Returns the number. */
  @Override
  public String toString() {
    return text;
  }
}

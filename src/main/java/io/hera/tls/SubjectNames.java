package io.hera.tls;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The names that a certificate is for: its subject alternative names (RFC 6125). The common name is not one, since what it
 * means was never defined.
 *
 * @param dns names of hosts, in lower case
 * @param addresses IP addresses in the one spelling of the JDK
 * @param uris such as those of SPIFFE
 */
public record SubjectNames(List<String> dns, List<String> addresses, List<String> uris) {
  private static final int DNS = 2;
  private static final int URI = 6;
  private static final int ADDRESS = 7;
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F:.]*");

  /** Copies the lists. */
  public SubjectNames {
    dns = List.copyOf(dns);
    addresses = List.copyOf(addresses);
    uris = List.copyOf(uris);
  }

  /** Returns the names of a certificate; none if they cannot be read. */
  public static SubjectNames of(X509Certificate certificate) {
    List<String> dns = new ArrayList<>();
    List<String> addresses = new ArrayList<>();
    List<String> uris = new ArrayList<>();
    for (List<?> name : alternatives(certificate)) {
      if (name.get(0) instanceof Integer type && name.get(1) instanceof String text) {
        switch (type) {
          case DNS -> dns.add(text.toLowerCase(Locale.ROOT));
          case ADDRESS -> address(text).ifPresent(addresses::add);
          case URI -> uris.add(text);
          default -> {}
        }
      }
    }
    return new SubjectNames(dns, addresses, uris);
  }

  /**
   * Returns whether the certificate is exactly for {@code host}: a DNS name but for case and a dot at the end, an IP address by
   * value. A wildcard does not match, and nothing is looked up.
   */
  public boolean matches(String host) {
    Optional<String> address = address(host);
    return address.map(addresses::contains).orElseGet(() -> dns.contains(plain(host)));
  }

  /** Returns the names of hosts and the addresses. */
  @Override
  public String toString() {
    List<String> all = new ArrayList<>(dns);
    all.addAll(addresses);
    return all.isEmpty() ? "no host" : String.join(", ", all);
  }

  /** Returns the one spelling of a host's name: in lower case, and without a dot at its end. */
  public static String plain(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  private static Collection<List<?>> alternatives(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null ? List.of() : names;
    } catch (CertificateParsingException unreadable) {
      return List.of();
    }
  }

  /** Returns the one spelling of an IP address, with or without brackets; empty if {@code text} is not one. */
  public static Optional<String> address(String text) {
    String plain =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    if (!IPV4.matcher(plain).matches() && !IPV6.matcher(plain).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(plain).getHostAddress());
    } catch (UnknownHostException notAnAddress) {
      return Optional.empty();
    }
  }
}

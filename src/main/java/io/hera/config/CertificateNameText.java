package io.hera.config;

import io.hera.access.CertificateName;
import io.hera.access.CertificateName.Kind;
import io.hera.json.Malformed;
import io.hera.tls.SubjectNames;

/** A name in a certificate as an access file has it: {@code dns:shop.example}, {@code ip:10.0.0.1}, {@code uri:spiffe://example/shop}. */
final class CertificateNameText {
  private static final int LENGTH_MAX = 2_048;

  private CertificateNameText() {}

  /** Returns the name; the reason of a failure is the predicate of a sentence about the text. */
  static CertificateName parse(String text) throws Malformed {
    int colon = text.indexOf(':');
    String name = text.substring(colon + 1);
    if (name.isEmpty() || name.length() > LENGTH_MAX) {
      throw unknown();
    }
    return switch (text.substring(0, Math.max(0, colon))) {
      case "dns" -> dns(name);
      case "ip" -> ip(name);
      case "uri" -> new CertificateName(Kind.URI, name);
      default -> throw unknown();
    };
  }

  /** Returns the name by which a certificate is for this host. */
  static CertificateName ofHost(String host) {
    return SubjectNames.address(host)
        .map(address -> new CertificateName(Kind.IP, address))
        .orElseGet(() -> new CertificateName(Kind.DNS, SubjectNames.plain(host)));
  }

  private static CertificateName dns(String name) throws Malformed {
    if (name.contains("*")) {
      throw new Malformed("has a *: a name has to be the whole one in the certificate", 0);
    }
    CertificateName host = ofHost(name);
    if (host.kind() == Kind.IP) {
      throw new Malformed("is an IP address: write ip:", 0);
    }
    return host;
  }

  private static CertificateName ip(String name) throws Malformed {
    CertificateName host = ofHost(name);
    if (host.kind() != Kind.IP) {
      throw new Malformed("is not an IP address", 0);
    }
    return host;
  }

  private static Malformed unknown() {
    return new Malformed("is not a name in a certificate: dns:NAME, ip:ADDRESS or uri:URI", 0);
  }
}

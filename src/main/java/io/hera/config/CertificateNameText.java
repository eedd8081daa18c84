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
      case "ip" ->
        new CertificateName(
            Kind.IP,
            SubjectNames.address(name).orElseThrow(() -> new Malformed("is not an IP address", 0)));
      case "uri" -> new CertificateName(Kind.URI, name);
      default -> throw unknown();
    };
  }

  private static CertificateName dns(String name) throws Malformed {
    if (name.contains("*")) {
      throw new Malformed("has a *: a name has to be the whole one in the certificate", 0);
    }
    if (SubjectNames.address(name).isPresent()) {
      throw new Malformed("is an IP address: write ip:", 0);
    }
    return new CertificateName(Kind.DNS, SubjectNames.plain(name));
  }

  private static Malformed unknown() {
    return new Malformed("is not a name in a certificate: dns:NAME, ip:ADDRESS or uri:URI", 0);
  }
}

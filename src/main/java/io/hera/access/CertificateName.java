package io.hera.access;

import java.util.Locale;

/**
 * A name in the certificate of a client: one of its subject alternative names.
 *
 * @param name in the one spelling of its kind: two names are the same if their texts are
 */
public record CertificateName(Kind kind, String name) {
  /** The kinds of names by which a client can be known. */
  public enum Kind {
    DNS,
    IP,
    URI
  }

  /** Returns the name as an access file has it: {@code dns:shop.example}. */
  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT) + ":" + name;
  }
}

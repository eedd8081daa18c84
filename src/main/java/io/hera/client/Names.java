package io.hera.client;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The rules of nodes for the names of services and instances, and how names stand in a URL. */
final class Names {
  private static final int BYTES_MAX = 255;
  private static final String UNRESERVED = "-._~";
  private static final String HEX = "0123456789ABCDEF";

  private Names() {}

  /** Returns a valid name of a service; throws an {@link IllegalArgumentException} that says why it is not. */
  static String service(String name) {
    if (name.startsWith("_")) {
      throw new IllegalArgumentException("service: " + shown(name) + " begins with '_'");
    }
    return checked("service", name);
  }

  /** Returns a valid id of an instance; throws an {@link IllegalArgumentException} that says why it is not. */
  static String id(String name) {
    return checked("id", name);
  }

  private static String checked(String what, String name) {
    flaw(name).ifPresent(flaw -> {
      throw new IllegalArgumentException(what + ": " + shown(name) + " " + flaw);
    });
    return name;
  }

  private static Optional<String> flaw(String name) {
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      return Optional.of("is not a name");
    }
    if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
      return Optional.of("contains '/' or '\\'");
    }
    if (name.chars().anyMatch(c -> c < ' ' || (c >= 0x7f && c < 0xa0))) {
      return Optional.of("contains a control character");
    }
    if (name.codePoints().anyMatch(c -> c >= 0xd800 && c < 0xe000)) {
      return Optional.of("contains half a surrogate pair");
    }
    return name.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX
        ? Optional.of("is longer than " + BYTES_MAX + " bytes of UTF-8")
        : Optional.empty();
  }

  private static String shown(String name) {
    String printable = name.replaceAll("[^ -~]", "?");
    return '"' + (name.length() > 60 ? printable.substring(0, 60) + "..." : printable) + '"';
  }

  /** Returns the text with a percent-escape for each byte that is not an unreserved character (RFC 3986). */
  static String encoded(String text) {
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b > 0 && (Character.isLetterOrDigit(b) || UNRESERVED.indexOf(b) >= 0)) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(HEX.charAt((b >> 4) & 15)).append(HEX.charAt(b & 15));
      }
    }
    return encoded.toString();
  }
}

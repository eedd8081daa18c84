package io.hera.json;

import java.nio.charset.StandardCharsets;

/** The grammar of JSON numbers (RFC 8259, section 6). */
final class JsonNumber {
  /** The longest number of which every one is a double, with an exponent: 9e99. */
  private static final int SHORT = 4;

  /** The longest number of which every one is a double, without an exponent. */
  private static final int DIGITS = 308;

  private JsonNumber() {}

  /**
   * Returns the index behind the number that begins at {@code from}.
   *
   * @throws Malformed if no number begins there, or a number with a leading zero
   */
  static int end(byte[] bytes, int from) throws Malformed {
    int whole = from < bytes.length && bytes[from] == '-' ? from + 1 : from;
    int at = digits(bytes, whole);
    if (bytes[whole] == '0' && at > whole + 1) {
      throw new Malformed("a number has a leading zero", from);
    }
    if (at < bytes.length && bytes[at] == '.') {
      at = digits(bytes, at + 1);
    }
    if (at < bytes.length && (bytes[at] | 0x20) == 'e') {
      boolean signed = at + 1 < bytes.length && (bytes[at + 1] == '+' || bytes[at + 1] == '-');
      at = digits(bytes, signed ? at + 2 : at + 1);
    }
    return at;
  }

  /** Returns whether a valid number, rounded, is a finite double; it may lose precision. */
  static boolean isDouble(byte[] bytes, int from, int to) {
    if (to - from <= SHORT || (to - from <= DIGITS && !hasExponent(bytes, from, to))) {
      return true;
    }
    String number = new String(bytes, from, to - from, StandardCharsets.US_ASCII);
    return Double.isFinite(Double.parseDouble(number));
  }

  private static boolean hasExponent(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if ((bytes[i] | 0x20) == 'e') {
        return true;
      }
    }
    return false;
  }

  private static int digits(byte[] bytes, int from) throws Malformed {
    int at = from;
    while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    if (at == from) {
      throw new Malformed(at == bytes.length ? JsonScanner.EARLY_END : "a digit is missing", at);
    }
    return at;
  }
}

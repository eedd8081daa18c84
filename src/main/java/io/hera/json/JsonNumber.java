package io.hera.json;

/** The grammar of JSON numbers (RFC 8259, section 6). */
final class JsonNumber {
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

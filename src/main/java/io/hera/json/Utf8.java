package io.hera.json;

/** The check of strict UTF-8 (RFC 3629): no overlong form, no surrogate, nothing above U+10FFFF. */
public final class Utf8 {
  private Utf8() {}

  /**
   * Returns the number of bytes of the sequence at {@code at}, 1–4; 0 if it is not whole and valid.
   */
  static int sequence(byte[] bytes, int at, int end) {
    int lead = bytes[at];
    if (lead >= 0) {
      return 1;
    }
    int length = lead >= (byte) 0xf0 ? 4 : lead >= (byte) 0xe0 ? 3 : 2;
    if (lead < (byte) 0xc2 || lead > (byte) 0xf4 || at + length > end) {
      return 0;
    }
    for (int i = 2; i < length; i++) {
      if (!continues(bytes[at + i])) {
        return 0;
      }
    }
    return secondFits(lead & 0xff, bytes[at + 1] & 0xff) ? length : 0;
  }

  /** Returns the index of the first byte that is not part of a valid sequence, or the length. */
  public static int validPrefix(byte[] bytes) {
    int at = 0;
    while (at < bytes.length) {
      int length = sequence(bytes, at, bytes.length);
      if (length == 0) {
        return at;
      }
      at += length;
    }
    return at;
  }

  private static boolean continues(byte b) {
    return b < (byte) 0xc0;
  }

  private static boolean secondFits(int lead, int second) {
    return switch (lead) {
      case 0xe0 -> second >= 0xa0 && second < 0xc0;
      case 0xed -> second >= 0x80 && second < 0xa0;
      case 0xf0 -> second >= 0x90 && second < 0xc0;
      case 0xf4 -> second >= 0x80 && second < 0x90;
      default -> second >= 0x80 && second < 0xc0;
    };
  }
}

package io.hera.json;

import java.nio.charset.StandardCharsets;

/** The escapes in JSON strings: {@code \n}, {@code \u00e5} and so on. */
public final class Escapes {
  private Escapes() {}

  /**
   * Returns the number of bytes of the escape whose backslash is at {@code at}; 0 if it is invalid.
   */
  static int length(byte[] bytes, int at, int end) {
    return switch (bytes[at + 1]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 2;
      case 'u' -> at + 6 <= end && unit(bytes, at + 2) >= 0 ? 6 : 0;
      default -> 0;
    };
  }

  /**
   * Returns the index of the closing quotation mark of the string whose content begins at
   * {@code from}; at least the length if there is none.
   */
  static int closingQuote(byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length && bytes[at] != '"') {
      at += bytes[at] == '\\' ? 2 : 1;
    }
    return at;
  }

  /** Unescapes the checked content of a string; lone surrogates stay as they are. */
  static String unescape(byte[] bytes, int from, int to) {
    StringBuilder text = new StringBuilder(to - from);
    int plain = from;
    int at = from;
    while (at < to) {
      if (bytes[at] != '\\') {
        at++;
        continue;
      }
      text.append(new String(bytes, plain, at - plain, StandardCharsets.UTF_8));
      text.append(meaning(bytes, at));
      at += bytes[at + 1] == 'u' ? 6 : 2;
      plain = at;
    }
    return text.append(new String(bytes, plain, to - plain, StandardCharsets.UTF_8))
        .toString();
  }

  /**
   * Returns the offset of the first escape in the checked content of a string that is half of a
   * surrogate pair without the other half after it; −1 if there is none. Unescaped halves are not
   * valid UTF-8.
   */
  static int halfPair(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      if (bytes[at] != '\\') {
        at++;
      } else if (bytes[at + 1] != 'u') {
        at += 2;
      } else {
        char unit = (char) unit(bytes, at + 2);
        boolean pair = Character.isHighSurrogate(unit) && isLowHalf(bytes, at + 6, to);
        if (Character.isSurrogate(unit) && !pair) {
          return at;
        }
        at += pair ? 12 : 6;
      }
    }
    return -1;
  }

  private static boolean isLowHalf(byte[] bytes, int at, int to) {
    return at + 6 <= to
        && bytes[at] == '\\'
        && bytes[at + 1] == 'u'
        && Character.isLowSurrogate((char) unit(bytes, at + 2));
  }

  private static char meaning(byte[] bytes, int at) {
    return switch (bytes[at + 1]) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> (char) unit(bytes, at + 2);
      default -> (char) bytes[at + 1];
    };
  }

  private static int unit(byte[] bytes, int at) {
    int unit = 0;
    for (int i = at; i < at + 4; i++) {
      int digit = hex(bytes[i]);
      if (digit < 0) {
        return -1;
      }
      unit = (unit << 4) | digit;
    }
    return unit;
  }

  /** Returns the value of a hexadecimal digit, or −1. */
  public static int hex(int c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }
}

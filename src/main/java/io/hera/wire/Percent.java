package io.hera.wire;

import io.hera.json.Escapes;
import io.hera.json.Malformed;
import io.hera.json.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Strict percent-encoding of one path segment, or of a name or a value in a query (RFC 3986). */
public final class Percent {
  private Percent() {}

  /**
   * Decodes text; {@code +} stays {@code +}.
   *
   * @param raw the text in the request's target
   * @throws Malformed if an escape is invalid, the bytes are not strict UTF-8, or a character must
   *     be escaped and is not
   */
  public static String decode(String raw) throws Malformed {
    return isPlain(raw) ? raw : decoded(raw);
  }

  /** Whether the text is as it is when it is decoded: most names are. */
  private static boolean isPlain(String raw) {
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '%') {
        return false;
      }
    }
    return true;
  }

  private static String decoded(String raw) throws Malformed {
    byte[] bytes = new byte[raw.length()];
    int size = 0;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c <= ' ' || c >= 0x7f) {
        throw new Malformed("a character is not percent-encoded", i);
      }
      bytes[size++] = c == '%' ? escaped(raw, i) : (byte) c;
      i += c == '%' ? 2 : 0;
    }
    byte[] utf8 = Arrays.copyOf(bytes, size);
    int valid = Utf8.validPrefix(utf8);
    if (valid < size) {
      throw new Malformed("the percent-encoded bytes are not valid UTF-8", rawOffset(raw, valid));
    }
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /**
   * Decodes a name or a value in a query as HTML forms are encoded: {@code +} is a space.
   *
   * @throws Malformed as {@link #decode} does
   */
  public static String decodeForm(String raw) throws Malformed {
    return decode(raw.indexOf('+') < 0 ? raw : raw.replace("+", "%20"));
  }

  /**
   * Encodes all characters but the unreserved ones of RFC 3986. Half a surrogate pair becomes
   * {@code ?}, encoded.
   */
  public static String encode(String text) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (unreserved(b)) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(digit(b >> 4)).append(digit(b));
      }
    }
    return encoded.toString();
  }

  private static byte escaped(String raw, int at) throws Malformed {
    int high = at + 2 < raw.length() ? Escapes.hex(raw.charAt(at + 1)) : -1;
    int low = at + 2 < raw.length() ? Escapes.hex(raw.charAt(at + 2)) : -1;
    if (high < 0 || low < 0) {
      throw new Malformed("'%' is not followed by two hexadecimal digits", at);
    }
    return (byte) ((high << 4) | low);
  }

  private static int rawOffset(String raw, int bytes) {
    int at = 0;
    for (int i = 0; i < bytes; i++) {
      at += raw.charAt(at) == '%' ? 3 : 1;
    }
    return at;
  }

  private static boolean unreserved(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '-'
        || b == '.'
        || b == '_'
        || b == '~';
  }

  private static char digit(int value) {
    return "0123456789ABCDEF".charAt(value & 15);
  }
}

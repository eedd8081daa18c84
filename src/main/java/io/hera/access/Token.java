package io.hera.access;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The form of tokens: {@code hera_}, 43 random characters of {@code 0-9A-Za-z}, which are 256 bits, and 6 that are the CRC-32 of all
 * before them. Scanners for secrets find it, a double click selects it, and its checksum tells a damaged token from an unknown one.
 */
public final class Token {
  /** The number of characters of a token. */
  public static final int LENGTH = 54;

  /** What stands for a token in messages. */
  public static final String HIDDEN = "(a token)";

  private static final String PREFIX = "hera_";
  private static final int RANDOM_LENGTH = 43;
  private static final int CHECKED_LENGTH = PREFIX.length() + RANDOM_LENGTH;
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final Pattern ANYWHERE = Pattern.compile("hera_[0-9A-Za-z]{49}");
  /** A token that was cut is still most of a secret. */
  private static final Pattern SECRET = Pattern.compile("hera_[0-9A-Za-z]{20,}");

  private Token() {}

  /** Returns a new token; {@code random} must be fit for secrets. */
  public static String make(RandomGenerator random) {
    StringBuilder token = new StringBuilder(LENGTH).append(PREFIX);
    for (int i = 0; i < RANDOM_LENGTH; i++) {
      token.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
    }
    CRC32 crc = new CRC32();
    crc.update(token.toString().getBytes(StandardCharsets.US_ASCII));
    char[] checksum = new char[LENGTH - CHECKED_LENGTH];
    long rest = crc.getValue();
    for (int i = checksum.length - 1; i >= 0; i--) {
      checksum[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
      rest /= DIGITS.length();
    }
    return token.append(checksum).toString();
  }

  /** Returns whether a token, valid or damaged, stands anywhere in {@code text}. */
  public static boolean isIn(String text) {
    return text.contains(PREFIX) && ANYWHERE.matcher(text).find();
  }

  /** Returns {@code text} with {@link #HIDDEN} in the place of each token, even if it is cut or longer than one. */
  public static String hideIn(String text) {
    return text.contains(PREFIX) ? SECRET.matcher(text).replaceAll(HIDDEN) : text;
  }

  /** Returns whether {@code text} begins as tokens do: one that does not fit was damaged. */
  static boolean isBegunBy(String text) {
    return text.startsWith(PREFIX);
  }

  /**
   * Copies a token to {@code bytes}; returns whether it is one, with the right checksum.
   *
   * @param bytes {@link #LENGTH} of them
   */
  static boolean copy(String text, byte[] bytes, CRC32 crc) {
    if (text.length() != LENGTH || !isBegunBy(text)) {
      return false;
    }
    long checksum = 0;
    for (int i = 0; i < LENGTH; i++) {
      char c = text.charAt(i);
      int digit = digit(c);
      if (digit < 0 && i >= PREFIX.length()) {
        return false;
      }
      bytes[i] = (byte) c;
      checksum = i < CHECKED_LENGTH ? 0 : checksum * DIGITS.length() + digit;
    }
    crc.reset();
    crc.update(bytes, 0, CHECKED_LENGTH);
    return crc.getValue() == checksum;
  }

  private static int digit(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    } else if (c >= 'A' && c <= 'Z') {
      return c - 'A' + 10;
    }
    return c >= 'a' && c <= 'z' ? c - 'a' + 36 : -1;
  }
}

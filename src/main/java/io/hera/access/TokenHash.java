package io.hera.access;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** The SHA-256 of a token, which is stored in place of it. Its text is not the whole hash, so it can be logged. */
public record TokenHash(long first, long second, long third, long fourth) {
  private static final String SCHEME = "sha256:";
  private static final Pattern WRITTEN = Pattern.compile(SCHEME + "[0-9a-f]{64}");
  private static final HexFormat HEX = HexFormat.of();

  /** Returns the hash of these 32 bytes. */
  static TokenHash of(byte[] sha256) {
    ByteBuffer bytes = ByteBuffer.wrap(sha256);
    return new TokenHash(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
  }

  /** Reads {@code sha256:} and 64 hexadecimal digits in lower case; empty if {@code text} is anything else. */
  public static Optional<TokenHash> parse(String text) {
    return WRITTEN.matcher(text).matches()
        ? Optional.of(of(HEX.parseHex(text, SCHEME.length(), text.length())))
        : Optional.empty();
  }

  /** Returns the hash as an access file has it. */
  public String written() {
    return SCHEME
        + HEX.toHexDigits(first)
        + HEX.toHexDigits(second)
        + HEX.toHexDigits(third)
        + HEX.toHexDigits(fourth);
  }

  /** Returns the first 8 hexadecimal digits, by which operators tell tokens apart. */
  @Override
  public String toString() {
    return HEX.toHexDigits(first).substring(0, 8);
  }
}

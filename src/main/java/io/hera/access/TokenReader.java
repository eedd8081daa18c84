package io.hera.access;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.zip.CRC32;

/** Checks and hashes tokens. Keeps what that needs, so it is used by one thread at a time: one per event loop. */
public final class TokenReader {
  private final MessageDigest sha256 = sha256();
  private final CRC32 crc = new CRC32();
  private final byte[] bytes = new byte[Token.LENGTH];

  /** Returns the hash of a token; empty if {@code text} is not a token, or its checksum does not fit. */
  public Optional<TokenHash> hash(String text) {
    return Token.copy(text, bytes, crc)
        ? Optional.of(TokenHash.of(sha256.digest(bytes)))
        : Optional.empty();
  }

  /** Every JDK has this algorithm. */
  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

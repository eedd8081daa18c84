package io.hera.wire;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4), which every JDK has. */
public final class Sha256 {
  private Sha256() {}

  /** Begins a hash of several parts. */
  public static MessageDigest begin() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Returns the first bytes of the hash of {@code content}, as hexadecimal digits. */
  public static String hex(byte[] content, int bytes) {
    return HexFormat.of().formatHex(begin().digest(content), 0, bytes);
  }
}

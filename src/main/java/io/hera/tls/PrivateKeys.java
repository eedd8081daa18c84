package io.hera.tls;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads private keys of PEM files: PKCS#8, PKCS#1 (RSA) and SEC1 (EC). The JDK reads the first alone; the others are wrapped
 * in it.
 */
final class PrivateKeys {
  private static final int RSA_BITS_MIN = 2_048;
  private static final byte[] VERSION_0 = {2, 1, 0};

  /** rsaEncryption, with no parameters. */
  private static final byte[] RSA = {
    0x30, 0x0d, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
  };

  /** ecPublicKey; the name of the curve follows. */
  private static final byte[] EC = {6, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};

  private PrivateKeys() {}

  /**
   * Returns the one key among the blocks of a file.
   *
   * @throws IllegalArgumentException with the predicate of a sentence about the file
   */
  static PrivateKey of(List<PemBlock> blocks) {
    List<PemBlock> keys =
        blocks.stream().filter(block -> block.label().endsWith("PRIVATE KEY")).toList();
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("has no private key");
    }
    if (keys.size() > 1) {
      throw new IllegalArgumentException("has " + keys.size() + " private keys: keep one");
    }
    PemBlock block = keys.get(0);
    if (block.encrypted()) {
      throw new IllegalArgumentException(
          "has an encrypted key: decrypt it (openssl pkey) and protect the file by its mode");
    }
    PrivateKey key = read(pkcs8(block, blocks));
    if (key instanceof RSAPrivateKey rsa && rsa.getModulus().bitLength() < RSA_BITS_MIN) {
      throw new IllegalArgumentException(
          "has an RSA key of " + rsa.getModulus().bitLength() + " bits: at least " + RSA_BITS_MIN);
    }
    return key;
  }

  private static byte[] pkcs8(PemBlock key, List<PemBlock> blocks) {
    return switch (key.label()) {
      case "PRIVATE KEY" -> key.der();
      case "RSA PRIVATE KEY" -> sequence(VERSION_0, RSA, wrap(4, key.der()));
      case "EC PRIVATE KEY" -> {
        byte[] curve = curve(key.der())
            .or(() -> blocks.stream()
                .filter(block -> block.label().equals("EC PARAMETERS"))
                .map(PemBlock::der)
                .findFirst())
            .orElseThrow(PrivateKeys::unsupported);
        yield sequence(VERSION_0, sequence(EC, curve), wrap(4, key.der()));
      }
      default -> throw unsupported();
    };
  }

  /** The JDK knows no other curves than P-256, P-384 and P-521. */
  private static PrivateKey read(byte[] pkcs8) {
    return List.of("EC", "RSA").stream()
        .flatMap(algorithm -> key(algorithm, pkcs8).stream())
        .findFirst()
        .orElseThrow(PrivateKeys::unsupported);
  }

  private static Optional<PrivateKey> key(String algorithm, byte[] pkcs8) {
    try {
      return Optional.of(
          KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
    } catch (GeneralSecurityException otherAlgorithm) {
      return Optional.empty();
    }
  }

  private static IllegalArgumentException unsupported() {
    return new IllegalArgumentException(
        "has a key that is neither RSA nor EC on P-256, P-384 or P-521, or that is damaged");
  }

  /** Returns the parameters of an {@code ECPrivateKey} (RFC 5915), which are tagged with 0. */
  private static Optional<byte[]> curve(byte[] sec1) {
    int at = Der.content(sec1, 0);
    while (at >= 0 && at < sec1.length) {
      int start = Der.content(sec1, at);
      int end = Der.end(sec1, at);
      if (start < 0 || end < 0) {
        return Optional.empty();
      }
      if (sec1[at] == (byte) 0xa0) {
        return Optional.of(Arrays.copyOfRange(sec1, start, end));
      }
      at = end;
    }
    return Optional.empty();
  }

  private static byte[] sequence(byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    return wrap(0x30, content.toByteArray());
  }

  private static byte[] wrap(int tag, byte[] content) {
    return Der.element(tag, content);
  }
}

package io.hera.wire;

import io.hera.json.Malformed;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Gzip (RFC 1952) of whole arrays, with a bound on the inflated size.
 *
 * <p>This class reads header and trailer itself, because {@code GZIPInputStream} ignores data after
 * the end.
 */
public final class Gzip {
  static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 4, (byte) 255};
  private static final int TRAILER = 8;
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;

  private Gzip() {}

  /** Compresses, fast rather than small. */
  public static byte[] deflate(byte[] plain) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    try {
      deflater.setInput(plain);
      deflater.finish();
      byte[] gz = Arrays.copyOf(HEADER, HEADER.length + plain.length / 2 + 64);
      int size = HEADER.length;
      while (!deflater.finished()) {
        if (gz.length - size < TRAILER + 16) {
          gz = Arrays.copyOf(gz, 2 * gz.length);
        }
        size += deflater.deflate(gz, size, gz.length - size - TRAILER);
      }
      little(gz, size, crc(plain));
      little(gz, size + 4, plain.length);
      return Arrays.copyOf(gz, size + TRAILER);
    } finally {
      deflater.end();
    }
  }

  /**
   * Decompresses exactly one member.
   *
   * @param gz one member of gzip, and nothing after it
   * @param bytesMax most bytes of the result; at most twice as many are allocated
   * @throws Malformed if it is not gzip, is cut short, has data after its end, or inflates to more
   */
  public static byte[] inflate(byte[] gz, int bytesMax) throws Malformed {
    int start = header(gz);
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(gz, start, gz.length - start);
      byte[] plain = all(inflater, bytesMax, gz.length);
      trailer(gz, gz.length - inflater.getRemaining(), plain);
      return plain;
    } catch (DataFormatException flaw) {
      throw new Malformed("the compressed bytes are damaged", start);
    } finally {
      inflater.end();
    }
  }

  private static byte[] all(Inflater inflater, int bytesMax, int length)
      throws DataFormatException, Malformed {
    byte[] plain = new byte[(int) Math.min(bytesMax, 4L * length)];
    int size = 0;
    while (!inflater.finished()) {
      if (size == plain.length && size < bytesMax) {
        plain = Arrays.copyOf(plain, (int) Math.min(bytesMax, 2L * size));
      }
      int got = size < bytesMax
          ? inflater.inflate(plain, size, plain.length - size)
          : inflater.inflate(new byte[1]);
      size += got;
      if (size > bytesMax) {
        throw new Malformed("the body inflates to more than " + bytesMax + " bytes", 0);
      }
      if (got == 0 && !inflater.finished()) {
        throw new Malformed("the compressed bytes end too early", length);
      }
    }
    return size == plain.length ? plain : Arrays.copyOf(plain, size);
  }

  /** Returns the offset of the compressed bytes. */
  private static int header(byte[] gz) throws Malformed {
    if (gz.length < HEADER.length || gz[0] != HEADER[0] || gz[1] != HEADER[1] || gz[2] != 8) {
      throw new Malformed("the body is not gzip", 0);
    }
    if ((gz[3] & RESERVED) != 0) {
      throw new Malformed("the body is gzip of an unknown kind", 3);
    }
    int flags = gz[3];
    int at = HEADER.length;
    if ((flags & EXTRA) != 0 && at + 2 <= gz.length) {
      at += 2 + (gz[at] & 0xff) + 256 * (gz[at + 1] & 0xff);
    }
    at = (flags & NAME) != 0 ? zero(gz, at) : at;
    at = (flags & COMMENT) != 0 ? zero(gz, at) : at;
    at += (flags & HEADER_CRC) != 0 ? 2 : 0;
    if (at > gz.length) {
      throw new Malformed("the compressed bytes end too early", gz.length);
    }
    return at;
  }

  private static int zero(byte[] gz, int from) {
    int at = from;
    while (at < gz.length && gz[at] != 0) {
      at++;
    }
    return at + 1;
  }

  private static void trailer(byte[] gz, int at, byte[] plain) throws Malformed {
    if (gz.length - at != TRAILER) {
      throw new Malformed(
          gz.length - at < TRAILER
              ? "the compressed bytes end too early"
              : "there is data after the end",
          Math.min(gz.length, at + TRAILER));
    }
    byte[] wanted = new byte[TRAILER];
    little(wanted, 0, crc(plain));
    little(wanted, 4, plain.length);
    if (!Arrays.equals(wanted, 0, TRAILER, gz, at, at + TRAILER)) {
      throw new Malformed("the compressed bytes are damaged", at);
    }
  }

  private static int crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  static void little(byte[] target, int at, int value) {
    for (int i = 0; i < 4; i++) {
      target[at + i] = (byte) (value >>> (8 * i));
    }
  }
}

package io.hera.wire;

import java.io.ByteArrayOutputStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Gzip (RFC 1952) of pieces that were compressed before, each by itself: many replies share them. Collects their checksums.
 *
 * <p>A piece ends at a byte, and refers to no piece before it; so pieces follow each other in one stream. The checksum of the whole is
 * that of the pieces, combined as zlib's {@code crc32_combine} does it.
 */
public final class GzipPieces {
  private static final int CHUNK = 16 << 10;
  private static final int TRAILER = 8;
  private static final int POLYNOMIAL = 0xEDB88320;
  /** An empty block, the last one of a stream. */
  private static final byte[] LAST_BLOCK = {3, 0};

  private int crc;
  private long length;

  /**
   * A compressed piece.
   *
   * @param crc of the plain bytes
   */
  public record Piece(byte[] bytes, int crc) {}

  /** Compresses a piece. */
  public static Piece compress(byte[] plain) {
    CRC32 crc = new CRC32();
    crc.update(plain);
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    try {
      deflater.setInput(plain);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 4 + 64);
      byte[] chunk = new byte[CHUNK];
      for (int size = chunk.length; size == chunk.length; ) {
        size = deflater.deflate(chunk, 0, chunk.length, Deflater.SYNC_FLUSH);
        bytes.write(chunk, 0, size);
      }
      return new Piece(bytes.toByteArray(), (int) crc.getValue());
    } finally {
      deflater.end();
    }
  }

  /** Returns the beginning of a stream. */
  public static byte[] header() {
    return Gzip.HEADER.clone();
  }

  /** Notes which piece is the next one of the stream, by its checksum and the number of its plain bytes. */
  public void add(int pieceCrc, int plainLength) {
    crc = combine(crc, pieceCrc, plainLength);
    length += plainLength;
  }

  /** Returns the end of the stream. */
  public byte[] end() {
    byte[] end = new byte[LAST_BLOCK.length + TRAILER];
    System.arraycopy(LAST_BLOCK, 0, end, 0, LAST_BLOCK.length);
    Gzip.little(end, LAST_BLOCK.length, crc);
    Gzip.little(end, LAST_BLOCK.length + TRAILER / 2, (int) length);
    return end;
  }

  /** Returns the checksum of two sequences of bytes, one after the other: that of the first, moved on by the zeros of the second. */
  private static int combine(int first, int second, long secondLength) {
    int[] power = new int[Integer.SIZE]; // the operator of one zero bit
    power[0] = POLYNOMIAL;
    for (int i = 1; i < Integer.SIZE; i++) {
      power[i] = 1 << (i - 1);
    }
    int moved = first;
    for (int doubled = 0; doubled < 2; doubled++) {
      power = square(power);
    }
    for (long left = secondLength; left > 0; left >>= 1) {
      power = square(power);
      moved = (left & 1) == 1 ? times(power, moved) : moved;
    }
    return moved ^ second;
  }

  private static int times(int[] matrix, int vector) {
    int product = 0;
    for (int i = 0, left = vector; left != 0; i++, left >>>= 1) {
      product ^= (left & 1) == 1 ? matrix[i] : 0;
    }
    return product;
  }

  private static int[] square(int[] matrix) {
    int[] squared = new int[Integer.SIZE];
    for (int i = 0; i < Integer.SIZE; i++) {
      squared[i] = times(matrix, matrix[i]);
    }
    return squared;
  }
}

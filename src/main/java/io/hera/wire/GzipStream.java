package io.hera.wire;

import java.io.ByteArrayOutputStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Gzip (RFC 1952) of bytes that come in pieces. Used by one thread at a time. It has to be closed,
 * because the deflater's memory is outside of the heap.
 */
public final class GzipStream implements AutoCloseable {
  private static final int CHUNK = 16 << 10;
  private static final int TRAILER = 8;

  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
  private final CRC32 crc = new CRC32();
  private final byte[] chunk = new byte[CHUNK];
  private long length;
  private boolean begun;

  /** Adds a piece; returns the compressed bytes that are ready, perhaps none. */
  public byte[] add(byte[] piece) {
    crc.update(piece);
    length += piece.length;
    deflater.setInput(piece);
    return ready().toByteArray();
  }

  /** Returns the last compressed bytes, and closes the stream. */
  public byte[] finish() {
    deflater.finish();
    ByteArrayOutputStream last = ready();
    byte[] trailer = new byte[TRAILER];
    Gzip.little(trailer, 0, (int) crc.getValue());
    Gzip.little(trailer, TRAILER / 2, (int) length);
    last.writeBytes(trailer);
    close();
    return last.toByteArray();
  }

  @Override
  public void close() {
    deflater.end();
  }

  private ByteArrayOutputStream ready() {
    ByteArrayOutputStream ready = new ByteArrayOutputStream();
    if (!begun) {
      begun = true;
      ready.writeBytes(Gzip.HEADER);
    }
    for (int size = deflater.deflate(chunk); size > 0; size = deflater.deflate(chunk)) {
      ready.write(chunk, 0, size);
    }
    return ready;
  }
}

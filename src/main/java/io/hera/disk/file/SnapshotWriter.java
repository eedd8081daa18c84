package io.hera.disk.file;

import io.hera.wire.Gzip;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.zip.CRC32C;

/** Writes a snapshot, whose format {@link SnapshotReader} shows. Only its owner may read the file. */
public final class SnapshotWriter implements AutoCloseable {
  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final FileChannel out;
  private final CRC32C all = new CRC32C();
  private int pages;
  private long bytes;

  /** Creates the file, which must not exist. */
  public SnapshotWriter(Path file, SnapshotHeader header) throws IOException {
    out = FileChannel.open(file, NEW, PRIVATE);
    byte[] line = header.line();
    all.update(line, 0, line.length);
    try {
      write(ByteBuffer.wrap(line));
    } catch (IOException failure) {
      out.close();
      throw failure;
    }
  }

  /** Adds a page, the bytes of an answer of version 2. */
  public void page(byte[] answer) throws IOException {
    byte[] packed = Gzip.deflate(answer);
    CRC32C crc = new CRC32C();
    crc.update(packed, 0, packed.length);
    int checksum = (int) crc.getValue();
    count(all, packed.length);
    count(all, checksum);
    all.update(packed, 0, packed.length);
    pages++;
    write(ByteBuffer.allocate(8 + packed.length)
        .putInt(packed.length)
        .putInt(checksum)
        .put(packed)
        .flip());
  }

  /** Ends the file, and returns when the disk has it. */
  public void end() throws IOException {
    write(ByteBuffer.allocate(12)
        .putInt(0)
        .putInt((int) all.getValue())
        .putInt(pages)
        .flip());
    out.force(true);
  }

  public long bytes() {
    return bytes;
  }

  static void count(CRC32C crc, int number) {
    crc.update(ByteBuffer.allocate(4).putInt(number).flip());
  }

  private void write(ByteBuffer buffer) throws IOException {
    bytes += buffer.remaining();
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}

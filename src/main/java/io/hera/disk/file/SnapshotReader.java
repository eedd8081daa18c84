package io.hera.disk.file;

import io.hera.json.Malformed;
import io.hera.registry.Delta;
import io.hera.wire.GossipLimits;
import io.hera.wire.Gzip;
import io.hera.wire.V2Answer;
import io.hera.wire.V2Codec;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Reads a snapshot page by page. Each page is an answer of version 2 that stands for itself, so all pages before a flaw are good.
 *
 * <pre>
 * header     one line of JSON
 * page       u32 length, u32 CRC32C, gzip of an answer of version 2
 * end        u32 0, u32 CRC32C of all that is before, u32 number of pages
 * </pre>
 */
public final class SnapshotReader implements AutoCloseable {
  /** Far above what a page may have, which is one tie of versions or a little more than a page of gossip. */
  static final int PAGE_BYTES_MAX = 16 << 20;

  private final DataInputStream in;
  private final CRC32C all = new CRC32C();
  private final SnapshotHeader header;
  private int pages;

  /** Opens a file and reads its header. */
  public SnapshotReader(Path file) throws IOException, SnapshotFlaw {
    in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
    try {
      header = readHeader();
    } catch (IOException | SnapshotFlaw | RuntimeException failure) {
      in.close();
      throw failure;
    }
  }

  public SnapshotHeader header() {
    return header;
  }

  private SnapshotHeader readHeader() throws IOException, SnapshotFlaw {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0 || line.size() == SnapshotHeader.BYTES_MAX) {
        throw new SnapshotFlaw("does not begin with a line of a snapshot");
      }
      line.write(next);
    }
    byte[] read = line.toByteArray();
    all.update(read, 0, read.length);
    all.update('\n');
    return SnapshotHeader.read(read)
        .orElseThrow(() -> new SnapshotFlaw("does not begin with a line of a snapshot"));
  }

  /**
   * Returns the next page; empty at the end of a whole snapshot.
   *
   * @throws SnapshotFlaw if there is none that can be read
   */
  public Optional<Delta> next() throws IOException, SnapshotFlaw {
    try {
      long before = all.getValue();
      int length = in.readInt();
      int checksum = in.readInt();
      if (length == 0) {
        end((int) before, checksum, in.readInt());
        return Optional.empty();
      }
      if (length < 0 || length > PAGE_BYTES_MAX) {
        throw new SnapshotFlaw("has a page of " + length + " bytes");
      }
      return Optional.of(page(in.readNBytes(length), length, checksum));
    } catch (EOFException cut) {
      throw new SnapshotFlaw("is cut off after " + pages + " pages");
    }
  }

  private Delta page(byte[] bytes, int length, int checksum) throws EOFException, SnapshotFlaw {
    if (bytes.length < length) {
      throw new EOFException();
    }
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    if ((int) crc.getValue() != checksum) {
      throw new SnapshotFlaw("has a wrong checksum at page " + (pages + 1));
    }
    SnapshotWriter.count(all, length);
    SnapshotWriter.count(all, checksum);
    all.update(bytes, 0, length);
    pages++;
    try {
      byte[] plain = Gzip.inflate(bytes, PAGE_BYTES_MAX);
      V2Answer answer = V2Codec.decode(plain, GossipLimits.ENTRIES_MAX).answer();
      return answer.delta();
    } catch (Malformed flaw) {
      throw new SnapshotFlaw("has a page that cannot be read: " + flaw.getMessage());
    }
  }

  private void end(int ofAll, int checksum, int count) throws SnapshotFlaw {
    if (ofAll != checksum || count != pages) {
      throw new SnapshotFlaw("has a wrong checksum at its end");
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

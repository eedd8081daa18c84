package io.hera.disk.file;

import io.hera.json.JsonWriter;
import io.hera.store.history.EventJson;
import io.hera.store.history.HistoryEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The file of events: one JSON object per line, appended, which only its owner may read. A file of {@value #BYTES_MAX} bytes takes
 * the place of the former one, {@code .1}, and another one begins. Used by one thread at a time; it blocks.
 *
 * <p>Nothing is forced to the disk: a machine that loses power loses the last events. A line that a crash has cut off is ended before
 * the next event, so that all other lines are whole. What a failed write has left is cut off again.
 */
public final class EventFile implements AutoCloseable {
  static final long BYTES_MAX = 16 << 20;

  private static final int LINE_BYTES = 400;
  private static final Set<StandardOpenOption> APPENDED =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path file;
  private final Path former;
  private final long bytesMax;
  private Optional<FileChannel> out = Optional.empty();
  /** Whether the last line has no end. */
  private boolean torn;

  /** Appends to a file, which is created with the first event. */
  public EventFile(Path file) {
    this(file, BYTES_MAX);
  }

  EventFile(Path file, long bytesMax) {
    this.file = file;
    this.former = former(file);
    this.bytesMax = bytesMax;
  }

  /** Returns the place of the file before. */
  static Path former(Path file) {
    return file.resolveSibling(file.getFileName() + ".1");
  }

  /** Appends events in this order: all of them or, if it fails, not one. */
  public void append(List<HistoryEvent> events) throws IOException {
    FileChannel channel = open();
    long before = channel.size();
    try {
      ByteBuffer lines = ByteBuffer.wrap(lines(events));
      while (lines.hasRemaining()) {
        channel.write(lines);
      }
      torn = false;
    } catch (IOException failure) {
      cutOff(channel, before);
      throw failure;
    }
  }

  /** A file that cannot be cut off either is ended as one that a crash has left. */
  private void cutOff(FileChannel channel, long size) throws IOException {
    try {
      channel.truncate(size);
    } finally {
      close();
    }
  }

  private byte[] lines(List<HistoryEvent> events) {
    JsonWriter json = new JsonWriter(LINE_BYTES * events.size());
    if (torn) {
      json.raw('\n');
    }
    for (HistoryEvent event : events) {
      EventJson.write(json, event, "");
      json.raw('\n');
    }
    return json.toBytes();
  }

  /** An operator may have moved the file, or emptied it. */
  private FileChannel open() throws IOException {
    if (out.isPresent() && (!Files.exists(file) || out.get().size() >= bytesMax)) {
      close();
    }
    if (out.isEmpty()) {
      rotate();
      torn = isTorn();
      out = Optional.of(FileChannel.open(file, APPENDED, PRIVATE));
    }
    return out.orElseThrow();
  }

  private void rotate() throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    if (!Files.isRegularFile(file)) {
      throw new FileSystemException(file.toString(), null, "is not a file");
    }
    if (Files.size(file) >= bytesMax) {
      Files.move(file, former, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private boolean isTorn() throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer end = ByteBuffer.allocate(1);
      return in.size() > 0 && in.read(end, in.size() - 1) == 1 && end.get(0) != '\n';
    }
  }

  @Override
  public void close() throws IOException {
    if (out.isPresent()) {
      FileChannel open = out.get();
      out = Optional.empty();
      open.close();
    }
  }
}

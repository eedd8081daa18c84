package io.hera.disk.file;

import io.hera.store.history.EventReader;
import io.hera.store.history.HistoryEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Reads the last events of a file of events and of the one before it. It goes from the newest line to older ones and takes those
 * whose numbers go down. All other lines, and those that are not events, are passed over.
 */
public final class EventTail {
  private static final int BYTES_MAX = 8 << 20;

  private final Deque<HistoryEvent> events = new ArrayDeque<>();
  private final int max;
  private int bytesLeft = BYTES_MAX;
  private long passedOver;

  private EventTail(int max) {
    this.max = max;
  }

  /**
   * The events of a file.
   *
   * @param events oldest first, with growing numbers
   * @param passedOver lines that were not used
   */
  public record Tail(List<HistoryEvent> events, long passedOver) {}

  /** Returns at most {@code max} events. It blocks. */
  public static Tail read(Path file, int max) throws IOException {
    EventTail tail = new EventTail(max);
    tail.take(file);
    tail.take(EventFile.former(file));
    return new Tail(List.copyOf(tail.events), tail.passedOver);
  }

  private void take(Path file) throws IOException {
    if (Files.isRegularFile(file) && events.size() < max && bytesLeft > 0) {
      byte[] bytes = lastBytes(file);
      bytesLeft -= bytes.length;
      takeLines(bytes);
    }
  }

  private void takeLines(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && events.size() < max) {
      int start = end;
      while (start > 0 && bytes[start - 1] != '\n') {
        start--;
      }
      if (start < end) {
        takeLine(Arrays.copyOfRange(bytes, start, end));
      }
      end = start - 1;
    }
  }

  private void takeLine(byte[] line) {
    EventReader.read(line)
        .filter(event -> events.isEmpty() || event.number() < events.getFirst().number())
        .ifPresentOrElse(events::addFirst, () -> passedOver++);
  }

  private byte[] lastBytes(Path file) throws IOException {
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      long from = Math.max(0, in.size() - bytesLeft);
      ByteBuffer bytes = ByteBuffer.allocate((int) (in.size() - from));
      while (bytes.hasRemaining() && in.read(bytes, from + bytes.position()) > 0) {
        // reads on
      }
      return Arrays.copyOf(bytes.array(), bytes.position());
    }
  }
}

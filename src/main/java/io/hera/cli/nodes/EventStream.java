package io.hera.cli.nodes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads server-sent events. An event whose data are too long comes without data. */
public final class EventStream {
  private static final byte[] NOTHING = {};
  private static final byte[] DATA = "data:".getBytes(StandardCharsets.US_ASCII);
  private static final int NAME_MAX = 1_024;

  private final InputStream in;
  private final int dataMax;
  private final Runnable alive;
  private String type = "";
  private String id = "";
  private ByteArrayOutputStream data = new ByteArrayOutputStream();
  private boolean hasData;
  private boolean tooLong;

  /**
   * Reads a stream.
   *
   * @param in buffered
   * @param dataMax most bytes of the data of an event
   * @param alive called for each line
   */
  public EventStream(InputStream in, int dataMax, Runnable alive) {
    this.in = in;
    this.dataMax = dataMax;
    this.alive = alive;
  }

  /**
   * An event.
   *
   * @param id of the last event that has one; empty before
   * @param data its lines; empty if they are too long
   */
  public record Sent(String type, String id, byte[] data) {}

  /** Waits for the next event; empty at the end. */
  public Optional<Sent> next() throws IOException {
    for (Optional<byte[]> line = line(); line.isPresent(); line = line()) {
      alive.run();
      if (line.get().length > 0) {
        field(line.get());
      } else if (hasData || !type.isEmpty()) {
        return Optional.of(ended());
      }
    }
    return Optional.empty();
  }

  private Sent ended() {
    Sent sent = new Sent(type, id, tooLong ? NOTHING : data.toByteArray());
    type = "";
    data = new ByteArrayOutputStream();
    hasData = false;
    tooLong = false;
    return sent;
  }

  private void field(byte[] line) {
    if (startsWithData(line)) {
      data(line);
    } else if (line.length <= NAME_MAX) {
      String text = new String(line, StandardCharsets.UTF_8);
      if (text.startsWith("event:")) {
        type = text.substring(6).strip();
      } else if (text.startsWith("id:")) {
        id = text.substring(3).strip();
      }
    }
  }

  private static boolean startsWithData(byte[] line) {
    return line.length >= DATA.length
        && new String(line, 0, DATA.length, StandardCharsets.ISO_8859_1).equals("data:");
  }

  /** Lines of data are one text with line breaks. */
  private void data(byte[] line) {
    int from =
        line.length > DATA.length && line[DATA.length] == ' ' ? DATA.length + 1 : DATA.length;
    tooLong |= data.size() + line.length > dataMax;
    if (!tooLong) {
      if (hasData) {
        data.write('\n');
      }
      data.write(line, from, line.length - from);
    }
    hasData = true;
  }

  /** A line that is too long is cut off so that its data are, too. */
  private Optional<byte[]> line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    int next = in.read();
    if (next < 0) {
      return Optional.empty();
    }
    for (; next >= 0 && next != '\n'; next = in.read()) {
      if (line.size() <= dataMax + DATA.length) {
        line.write(next);
      }
    }
    return Optional.of(line.toByteArray());
  }
}

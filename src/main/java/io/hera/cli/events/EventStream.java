package io.hera.cli.events;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads server-sent events. Of a line that is too long, the rest is passed over, and so is its event. */
final class EventStream {
  private static final int LINE_MAX = 64 << 10;

  private final InputStream in;
  private final Runnable alive;
  private String type = "";
  private String id = "";
  private Optional<byte[]> data = Optional.empty();
  private boolean tooLong;

  /**
   * Reads a stream.
   *
   * @param in buffered
   * @param alive called for each line
   */
  EventStream(InputStream in, Runnable alive) {
    this.in = in;
    this.alive = alive;
  }

  /**
   * An event.
   *
   * @param id of the last event that has one; empty before
   * @param data empty if it is too long
   */
  record Sent(String type, String id, byte[] data) {}

  /** Waits for the next event; empty at the end. */
  Optional<Sent> next() throws IOException {
    for (Optional<byte[]> line = line(); line.isPresent(); line = line()) {
      alive.run();
      if (line.get().length > 0 || tooLong) {
        field(line.get());
      } else if (data.isPresent() || !type.isEmpty()) {
        Sent sent = new Sent(type, id, data.orElse(new byte[0]));
        type = "";
        data = Optional.empty();
        return Optional.of(sent);
      }
    }
    return Optional.empty();
  }

  private void field(byte[] line) {
    String text = new String(line, StandardCharsets.UTF_8);
    if (text.startsWith("event:")) {
      type = text.substring(6).strip();
    } else if (text.startsWith("id:")) {
      id = text.substring(3).strip();
    } else if (text.startsWith("data:")) {
      data = Optional.of(
          tooLong ? new byte[0] : text.substring(5).strip().getBytes(StandardCharsets.UTF_8));
    }
  }

  private Optional<byte[]> line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    tooLong = false;
    int next = in.read();
    if (next < 0) {
      return Optional.empty();
    }
    for (; next >= 0 && next != '\n'; next = in.read()) {
      if (line.size() < LINE_MAX) {
        line.write(next);
      } else {
        tooLong = true;
      }
    }
    return Optional.of(line.toByteArray());
  }
}

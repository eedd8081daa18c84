package io.hera.http;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** The text of server-sent events (WHATWG HTML, 9.2). */
public final class EventText {
  private EventText() {}

  /**
   * The place of an event among those of a node. A client that comes back sends it as {@code Last-Event-ID}.
   *
   * @param life of the process that has counted: another one counts anew
   */
  public record Id(String life, long number) {
    /** Returns the id that a client has sent; empty if it cannot be one. */
    public static Optional<Id> parse(String text) {
      int colon = text.lastIndexOf(':');
      if (colon < 0) {
        return Optional.empty();
      }
      try {
        return Optional.of(
            new Id(text.substring(0, colon), Long.parseLong(text.substring(colon + 1))));
      } catch (NumberFormatException notANumber) {
        return Optional.empty();
      }
    }

    /** Returns the id as clients send it. */
    public String text() {
      return life + ":" + number;
    }

    /** Returns the line with the id. A client notes the id of a block that has no other lines, too. */
    public Buffer line() {
      return Buffer.buffer("id: " + text() + "\n");
    }
  }

  /** Returns the event that asks the client to forget everything. */
  public static Buffer reset() {
    return Buffer.buffer("event: reset\ndata: {}\n\n");
  }

  /** Returns an event that brings the client up to this place. */
  public static Buffer of(Id id, String type, Buffer json) {
    return lines(head(id, type), json).appendString("\n\n");
  }

  /** Returns the beginning of such an event, up to its data. */
  public static Buffer head(Id id, String type) {
    return id.line().appendBuffer(head(type));
  }

  /** Returns the beginning of an event without an id, up to its data. */
  public static Buffer head(String type) {
    return Buffer.buffer("event: " + type + "\ndata: ");
  }

  /** Appends JSON as data: a document keeps the line breaks that it came with, and each begins a line. */
  public static Buffer lines(Buffer text, Buffer json) {
    int from = 0;
    for (int i = 0; i < json.length(); i++) {
      byte at = json.getByte(i);
      if (at == '\n' || at == '\r') {
        text.appendBuffer(json, from, i - from).appendString("\ndata: ");
        boolean pair = at == '\r' && i + 1 < json.length() && json.getByte(i + 1) == '\n';
        i = pair ? i + 1 : i;
        from = i + 1;
      }
    }
    return text.appendBuffer(json, from, json.length() - from);
  }
}

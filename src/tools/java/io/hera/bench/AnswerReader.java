package io.hera.bench;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.util.Locale;

/**
 * A parser of the HTTP answers on one connection. It passes a body on piece by piece, so a long one
 * is never held as a whole. Used on one event loop.
 */
final class AnswerReader implements Handler<Buffer> {
  private final Reader reader;
  private final StringBuilder line = new StringBuilder();
  private Expected expected = Expected.STATUS;
  private int status;
  private String etag = "";
  private boolean chunked;
  private long length;
  /** The bytes of the body, or of the chunk, that are still to come. */
  private long left;

  AnswerReader(Reader reader) {
    this.reader = reader;
  }

  /** The receiver of the parts of answers. */
  interface Reader {
    /** Handles the head of an answer; {@code etag} is empty if there is none. */
    void head(int status, String etag);

    /**
     * Handles a piece of the body: the bytes of {@code part} from {@code from} up to {@code to}.
     */
    void piece(Buffer part, int from, int to);

    /** Handles the end of an answer. */
    void end();
  }

  /**
   * The meaning of the next line; an empty line before it ends a chunk or all chunks, and is
   * skipped.
   */
  private enum Expected {
    STATUS,
    FIELD,
    CHUNK_SIZE
  }

  @Override
  public void handle(Buffer part) {
    int at = 0;
    while (at < part.length()) {
      at = left > 0 ? body(part, at) : line(part, at);
    }
  }

  private int body(Buffer part, int at) {
    int end = (int) Math.min(part.length(), at + left);
    left -= end - at;
    reader.piece(part, at, end);
    if (left == 0 && !chunked) {
      reader.end();
    }
    return end;
  }

  private int line(Buffer part, int from) {
    for (int at = from; at < part.length(); at++) {
      char next = (char) part.getByte(at);
      if (next == '\n') {
        String whole = line.toString().strip();
        line.setLength(0);
        line(whole);
        return at + 1;
      }
      line.append(next);
    }
    return part.length();
  }

  private void line(String text) {
    if (expected == Expected.FIELD) {
      field(text);
    } else if (!text.isEmpty() && expected == Expected.STATUS) {
      status = Integer.parseInt(text.substring(9, 12));
      etag = "";
      length = 0;
      chunked = false;
      expected = Expected.FIELD;
    } else if (!text.isEmpty()) {
      chunk(Long.parseLong(text, 16));
    }
  }

  private void field(String text) {
    if (text.isEmpty()) {
      headEnds();
      return;
    }
    String[] field = text.split(": ?", 2);
    switch (field[0].toLowerCase(Locale.ROOT)) {
      case "etag" -> etag = field[1];
      case "content-length" -> length = Long.parseLong(field[1]);
      case "transfer-encoding" -> chunked = true;
      default -> {}
    }
  }

  private void headEnds() {
    reader.head(status, etag);
    expected = chunked ? Expected.CHUNK_SIZE : Expected.STATUS;
    left = chunked ? 0 : length;
    if (!chunked && length == 0) {
      reader.end();
    }
  }

  private void chunk(long size) {
    left = size;
    if (size == 0) {
      chunked = false;
      expected = Expected.STATUS;
      reader.end();
    }
  }
}

package io.hera.bench;

import java.util.Locale;

/**
 * A parser of the HTTP answers on one connection. It passes a body on piece by piece, so a long one
 * is never held as a whole. Used on one thread.
 */
public final class AnswerReader {
  private final Reader reader;
  private final StringBuilder line = new StringBuilder();
  private Expected expected = Expected.STATUS;
  private int status;
  private String etag = "";
  private int retryAfter;
  private boolean chunked;
  private long length;
  /** The bytes of the body, or of the chunk, that are still to come. */
  private long left;

  /** Passes the answers on to {@code reader}. */
  public AnswerReader(Reader reader) {
    this.reader = reader;
  }

  /** The receiver of the parts of answers. */
  public interface Reader {
    /** Handles the head of an answer. */
    void head(Head head);

    /**
     * Handles a piece of the body: the bytes of {@code part} from {@code from} up to {@code to}.
     */
    void piece(byte[] part, int from, int to);

    /** Handles the end of an answer. */
    void end();
  }

  /**
   * The head of an answer.
   *
   * @param etag empty if there is none
   * @param retryAfter seconds; 0 if there are none
   */
  public record Head(int status, String etag, int retryAfter) {}

  /**
   * The meaning of the next line; an empty line before it ends a chunk or all chunks, and is
   * skipped.
   */
  private enum Expected {
    STATUS,
    FIELD,
    CHUNK_SIZE
  }

  /** Reads the first {@code length} bytes of {@code part}. */
  public void read(byte[] part, int length) {
    int at = 0;
    while (at < length) {
      at = left > 0 ? body(part, at, length) : line(part, at, length);
    }
  }

  private int body(byte[] part, int at, int length) {
    int end = (int) Math.min(length, at + left);
    left -= end - at;
    reader.piece(part, at, end);
    if (left == 0 && !chunked) {
      reader.end();
    }
    return end;
  }

  private int line(byte[] part, int from, int length) {
    for (int at = from; at < length; at++) {
      char next = (char) part[at];
      if (next == '\n') {
        String whole = line.toString().strip();
        line.setLength(0);
        line(whole);
        return at + 1;
      }
      line.append(next);
    }
    return length;
  }

  private void line(String text) {
    if (expected == Expected.FIELD) {
      field(text);
    } else if (!text.isEmpty() && expected == Expected.STATUS) {
      status = Integer.parseInt(text.substring(9, 12));
      etag = "";
      retryAfter = 0;
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
      case "retry-after" -> retryAfter = Integer.parseInt(field[1]);
      case "content-length" -> length = Long.parseLong(field[1]);
      case "transfer-encoding" -> chunked = true;
      default -> {}
    }
  }

  private void headEnds() {
    reader.head(new Head(status, etag, retryAfter));
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

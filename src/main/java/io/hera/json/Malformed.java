package io.hera.json;

/**
 * What came from outside is not what the format asks for: the one exception of this package.
 *
 * <p>An expected outcome of reading, so it carries no stack trace. The reason is ours, never a parser's message, and may be
 * shown to clients.
 */
public final class Malformed extends Exception {
  private final int offset;
  private final String pointer;

  public Malformed(String reason, int offset) {
    this(reason, offset, "");
  }

  public Malformed(String reason, int offset, String pointer) {
    super(reason, null, false, false);
    this.offset = offset;
    this.pointer = pointer;
  }

  /** What is wrong, in plain words, without a full stop. */
  public String reason() {
    return String.valueOf(getMessage());
  }

  /** Where it was noticed: the index of a byte, or of a character where text was read. */
  public int offset() {
    return offset;
  }

  /** The member it was noticed in, as a JSON pointer (RFC 6901); empty where that does not help. */
  public String pointer() {
    return pointer;
  }
}

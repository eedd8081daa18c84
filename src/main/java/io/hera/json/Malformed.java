package io.hera.json;

/**
 * The exception for input that does not have the required format: the only one of this package.
 *
 * <p>It is an expected outcome of reading, so it carries no stack trace. The reason is never the
 * message of a library, and may be sent to clients.
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

  /** Returns the fault as a sentence without a full stop. */
  public String reason() {
    return String.valueOf(getMessage());
  }

  /** Returns the position of the fault: the index of a byte, or of a character if text was read. */
  public int offset() {
    return offset;
  }

  /** Returns the JSON pointer (RFC 6901) to the faulty member; empty if there is none. */
  public String pointer() {
    return pointer;
  }
}

package io.hera.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Goes through the members of a document at its top level. The document has been checked; anything else is a defect. */
public final class Members {
  private final byte[] document;
  private final Scanner in;
  private boolean begun;
  private String name = "";
  private int start;
  private int from;
  private int to;
  private int end;

  /** Stands before the first member. */
  public Members(byte[] document) {
    this.document = document;
    this.in = new Scanner(document);
  }

  /** Goes to the next member; false behind the last one. */
  public boolean next() {
    try {
      if (!begun) {
        begun = true;
        in.expect('{');
        if (in.closes('}')) {
          return false;
        }
      } else if (!in.more('}')) {
        return false;
      }
      in.peek();
      start = in.at();
      name = in.member();
      in.peek();
      from = in.at();
      in.skip();
      end = in.at();
      to = end;
      while (document[to - 1] <= ' ') {
        to--;
      }
      return true;
    } catch (Malformed defect) {
      throw new IllegalStateException("a document that was not checked", defect);
    }
  }

  /** Its name, unescaped. */
  public String name() {
    return name;
  }

  /** Its value as it stands in the document, without white space around it. */
  public byte[] value() {
    return Arrays.copyOfRange(document, from, to);
  }

  /** Its value where it is a string, unescaped; else as it stands there. */
  public String text() {
    try {
      return document[from] == '"'
          ? new Scanner(document).textAt(from)
          : new String(value(), StandardCharsets.UTF_8);
    } catch (Malformed defect) {
      throw new IllegalStateException("a document that was not checked", defect);
    }
  }

  /** Where the member begins, name and all. */
  public int start() {
    return start;
  }

  /** Where the value begins. */
  int from() {
    return from;
  }

  /** Where the value ends. */
  int to() {
    return to;
  }

  /** Where the member ends, white space behind its value and all. */
  public int end() {
    return end;
  }
}

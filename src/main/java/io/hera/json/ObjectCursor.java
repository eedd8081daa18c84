package io.hera.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Goes through the members of a document at its top level. The document has been checked; anything else is a defect. */
public final class ObjectCursor {
  private final byte[] document;
  private final JsonScanner in;
  private boolean begun;
  private int nameHash;
  private int nameEnd;
  private int start;
  private int from;
  private int to;
  private int end;

  /** Stands before the first member. */
  public ObjectCursor(byte[] document) {
    this.document = document;
    this.in = new JsonScanner(document);
  }

  /** All members: name → {@link #text}. */
  public static Map<String, String> texts(byte[] document) {
    Map<String, String> texts = new TreeMap<>();
    ObjectCursor members = new ObjectCursor(document);
    while (members.next()) {
      texts.put(members.name(), members.text());
    }
    return texts;
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
      nameHash = in.key();
      nameEnd = in.at();
      in.expect(':');
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
    return textAt(start);
  }

  /** The hash of {@link #name}, which costs less. */
  public int nameHash() {
    return nameHash;
  }

  /** Where its name ends, with the quotation mark. */
  public int nameEnd() {
    return nameEnd;
  }

  /** Its value as it stands in the document, without white space around it. */
  public byte[] value() {
    return Arrays.copyOfRange(document, from, to);
  }

  /** Its value where it is a string, unescaped; else as it stands there. */
  public String text() {
    return document[from] == '"' ? textAt(from) : new String(value(), StandardCharsets.UTF_8);
  }

  private String textAt(int offset) {
    try {
      return in.textAt(offset);
    } catch (Malformed defect) {
      throw new IllegalStateException("a document that was not checked", defect);
    }
  }

  /** Where the member begins, name and all. */
  public int start() {
    return start;
  }

  /** What is wrong with the value, for who reads more than that it is JSON. */
  public Malformed flaw(String reason) {
    return new Malformed(reason, from, JsonPointer.to(document, from));
  }

  /** Where the value begins. */
  public int from() {
    return from;
  }

  /** Where the value ends. */
  public int to() {
    return to;
  }

  /** Where the member ends, white space behind its value and all. */
  public int end() {
    return end;
  }
}

package io.hera.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** A cursor over the top-level members of a JSON object that was checked before. */
public final class ObjectCursor {
  private final byte[] document;
  private final JsonScanner in;
  private boolean begun;
  private int nameHash;
  private int start;
  private int from;
  private int to;

  /** Creates a cursor before the first member. */
  public ObjectCursor(byte[] document) {
    this.document = document;
    this.in = new JsonScanner(document);
  }

  /** Returns all members: name → {@link #text}. */
  public static SortedMap<String, String> texts(byte[] document) {
    SortedMap<String, String> texts = new TreeMap<>();
    ObjectCursor members = new ObjectCursor(document);
    while (members.next()) {
      texts.put(members.name(), members.text());
    }
    return texts;
  }

  /** Moves to the next member; returns false after the last one. */
  public boolean next() {
    try {
      if (!begun) {
        begun = true;
        in.expect('{');
        if (in.accept('}')) {
          return false;
        }
      } else if (!in.more('}')) {
        return false;
      }
      in.peek();
      start = in.at();
      nameHash = in.key();
      in.expect(':');
      in.peek();
      from = in.at();
      in.skip();
      to = in.at();
      while (document[to - 1] <= ' ') {
        to--;
      }
      return true;
    } catch (Malformed defect) {
      throw new IllegalStateException("the document was not checked", defect);
    }
  }

  /** Moves to the next member of this name; returns false if there is none. */
  public boolean next(String wanted) {
    while (next()) {
      if (isNamed(wanted)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the name, unescaped. */
  public String name() {
    return textAt(start);
  }

  /** Returns whether the member has this name; makes a string of its name only if it probably has. */
  public boolean isNamed(String wanted) {
    return nameHash == wanted.hashCode() && name().equals(wanted);
  }

  /** Returns where the value begins in the document. */
  int beginsAt() {
    return from;
  }

  /** Returns where the value has ended in the document: the offset behind its last byte. */
  int endsAt() {
    return to;
  }

  /** Returns the value as it is in the document, without white space around it. */
  public byte[] value() {
    return Arrays.copyOfRange(document, from, to);
  }

  /** Returns whether the value is an object or an array. */
  public boolean isStructure() {
    return document[from] == '{' || document[from] == '[';
  }

  /** Returns whether the value is a string. */
  public boolean isText() {
    return document[from] == '"';
  }

  /** Returns whether the value is {@code null}. */
  public boolean isNull() {
    return document[from] == 'n';
  }

  /** Returns the value: unescaped if it is a string, otherwise as it is in the document. */
  public String text() {
    return document[from] == '"' ? textAt(from) : new String(value(), StandardCharsets.UTF_8);
  }

  private String textAt(int offset) {
    try {
      return in.textAt(offset);
    } catch (Malformed defect) {
      throw new IllegalStateException("the document was not checked", defect);
    }
  }
}

package io.hera.json;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A search for a text in the values of documents that were checked before: in strings, unescaped, and in numbers and literals as they
 * are written. ASCII letters match in either case. Immutable.
 */
public final class ValueSearch {
  /** Characters of a longer value that a match shows. */
  private static final int SHOWN_MAX = 200;

  private static final int SHOWN_BEFORE = 50;
  private static final int POINTER_MAX = 256;

  private final String wanted;
  private final byte[] bytes;

  /** A search for a text that is not empty. */
  public ValueSearch(String text) {
    this.wanted = lower(text);
    this.bytes = wanted.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * A value that has the text.
   *
   * @param pointer the JSON pointer (RFC 6901) to the value; empty if that is very long
   * @param text the value, or the part around the match if it is long
   */
  public record Match(Optional<String> pointer, String text) {}

  /** Returns whether the text is in another one. */
  public boolean isIn(String text) {
    return indexIn(text) >= 0;
  }

  /** Returns the first value of a document that has the text. */
  public Optional<Match> in(byte[] document) {
    return mayBeIn(document) ? inObject(document, Optional.of("")) : Optional.empty();
  }

  /** Most documents do not have these bytes. One with escapes may have the text all the same. */
  private boolean mayBeIn(byte[] document) {
    byte first = bytes[0];
    for (int at = 0; at < document.length; at++) {
      byte b = document[at];
      if (b == '\\' || (lower(b) == first && isAt(document, at))) {
        return true;
      }
    }
    return false;
  }

  private boolean isAt(byte[] document, int at) {
    if (at + bytes.length > document.length) {
      return false;
    }
    for (int i = 1; i < bytes.length; i++) {
      if (lower(document[at + i]) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  private Optional<Match> inObject(byte[] object, Optional<String> pointer) {
    ObjectCursor members = new ObjectCursor(object);
    Optional<Match> found = Optional.empty();
    while (found.isEmpty() && members.next()) {
      Optional<String> at = below(pointer, JsonPointer.toMember(members.name()));
      found = members.isStructure() ? inStructure(members.value(), at) : inText(members.text(), at);
    }
    return found;
  }

  private Optional<Match> inStructure(byte[] value, Optional<String> pointer) {
    return value[0] == '{' ? inObject(value, pointer) : inArray(value, pointer);
  }

  private Optional<Match> inArray(byte[] array, Optional<String> pointer) {
    LooseCursor elements = LooseCursor.elements(array);
    Optional<Match> found = Optional.empty();
    try {
      for (int index = 0; found.isEmpty() && elements.next(); index++) {
        byte[] value = elements.value();
        Optional<String> at = below(pointer, "/" + index);
        found = value[0] == '{' || value[0] == '['
            ? inStructure(value, at)
            : inText(
                elements.text().orElseGet(() -> new String(value, StandardCharsets.UTF_8)), at);
      }
    } catch (Malformed defect) {
      throw new IllegalStateException("the document was not checked", defect);
    }
    return found;
  }

  private Optional<Match> inText(String text, Optional<String> pointer) {
    int index = indexIn(text);
    return index < 0 ? Optional.empty() : Optional.of(new Match(pointer, shown(text, index)));
  }

  /** A pointer of which a part is too long leads nowhere, and neither does one below it. */
  private static Optional<String> below(Optional<String> pointer, String member) {
    return member.isEmpty()
        ? Optional.empty()
        : pointer.map(above -> above + member).filter(whole -> whole.length() <= POINTER_MAX);
  }

  private static String shown(String text, int index) {
    if (text.length() <= SHOWN_MAX) {
      return text;
    }
    int from = Math.max(0, Math.min(index - SHOWN_BEFORE, text.length() - SHOWN_MAX));
    return text.substring(whole(text, from), whole(text, from + SHOWN_MAX));
  }

  /** Returns a place that is not within a pair of surrogates. */
  private static int whole(String text, int at) {
    boolean within = at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at));
    return within ? at - 1 : at;
  }

  private int indexIn(String text) {
    for (int from = 0; from + wanted.length() <= text.length(); from++) {
      int i = 0;
      while (i < wanted.length() && lower(text.charAt(from + i)) == wanted.charAt(i)) {
        i++;
      }
      if (i == wanted.length()) {
        return from;
      }
    }
    return -1;
  }

  private static String lower(String text) {
    StringBuilder lower = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      lower.setCharAt(i, lower(text.charAt(i)));
    }
    return lower.toString();
  }

  private static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
  }

  private static byte lower(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
  }
}

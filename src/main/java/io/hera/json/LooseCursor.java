package io.hera.json;

import java.util.Arrays;
import java.util.Optional;

/**
 * A cursor over the members of a JSON object, or the elements of an array, that was not checked
 * before. An invalid value or name does not affect the other members, as long as its quotation
 * marks and brackets are balanced. The caller checks each value.
 */
public final class LooseCursor {
  private final byte[] json;
  private final JsonScanner in;
  private final char open;
  private final char close;
  private boolean begun;
  private Optional<String> name = Optional.empty();
  private int from;
  private int to;

  private LooseCursor(byte[] json, char open, char close) {
    this.json = json;
    this.in = new JsonScanner(json);
    this.open = open;
    this.close = close;
  }

  /** Returns a cursor before the first member of an object. */
  public static LooseCursor members(byte[] object) {
    return new LooseCursor(object, '{', '}');
  }

  /** Returns a cursor before the first element of an array. */
  public static LooseCursor elements(byte[] array) {
    return new LooseCursor(array, '[', ']');
  }

  /**
   * Moves to the next member or element; returns false after the last one, if nothing but white
   * space follows.
   *
   * @throws Malformed if the JSON cannot be divided into members from here on
   */
  public boolean next() throws Malformed {
    if (!hasNext()) {
      in.expectEnd();
      return false;
    }
    if (open == '{') {
      name = readName();
      in.expect(':');
    }
    in.peek();
    from = in.at();
    in.skip();
    to = in.at();
    while (to > from && isSpace(json[to - 1])) {
      to--;
    }
    return true;
  }

  /** Returns the name of the member, unescaped; empty if it is not a valid string. */
  public Optional<String> name() {
    return name;
  }

  /** Returns the first byte of the value, 0–255; −1 if there is no value. */
  public int first() {
    return from < to ? json[from] & 0xff : -1;
  }

  /** Returns the value as it is, without white space around it; empty if there is no value. */
  public byte[] value() {
    return Arrays.copyOfRange(json, from, to);
  }

  /** Returns the value, unescaped; empty if it is not a valid string. */
  public Optional<String> text() {
    try {
      JsonScanner value = new JsonScanner(value());
      String text = value.text();
      value.expectEnd();
      return Optional.of(text);
    } catch (Malformed notText) {
      return Optional.empty();
    }
  }

  /** Returns an exception that points to the value. */
  public Malformed flaw(String reason) {
    return new Malformed(reason, from, name.map(JsonPointer::toMember).orElse(""));
  }

  private boolean hasNext() throws Malformed {
    if (begun) {
      return in.more(close);
    }
    begun = true;
    in.expect(open);
    return !in.accept(close);
  }

  private Optional<String> readName() throws Malformed {
    if (in.peek() != '"') {
      throw in.unexpected("a key in quotation marks");
    }
    int start = in.at();
    try {
      return Optional.of(in.text());
    } catch (Malformed invalid) {
      in.goTo(Math.min(json.length, Escapes.closingQuote(json, start + 1) + 1));
      return Optional.empty();
    }
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}

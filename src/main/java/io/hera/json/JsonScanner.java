package io.hera.json;

import java.nio.charset.StandardCharsets;

/**
 * Goes once over JSON bytes (RFC 8259) and knows at each moment where it stands. Owned by whoever reads one document or answer.
 *
 * <p>Our own and not a library's because documents are cut out of answers byte by byte, which takes exact offsets, and because
 * it must be as strict as a client is promised. Nothing is allocated per token, except for keys that are not plain ASCII.
 */
public final class JsonScanner {
  private final byte[] bytes;
  private final int end;
  private int at;
  private int textFrom;
  private int textTo;
  private boolean escaped;

  public JsonScanner(byte[] bytes) {
    this.bytes = bytes;
    this.end = bytes.length;
  }

  /** The index of the next byte. */
  public int at() {
    return at;
  }

  public void goTo(int offset) {
    at = offset;
  }

  /** The next byte that is not white space, 0–255, or −1 at the end; stays in front of it. */
  public int peek() {
    int i = at;
    while (i < end) {
      byte b = bytes[i];
      if (b > ' ' || b < 0 || !(b == ' ' || b == '\n' || b == '\r' || b == '\t')) {
        at = i;
        return b & 0xff;
      }
      i++;
    }
    at = i;
    return -1;
  }

  /** Passes {@code wanted}, white space before it included. */
  public void expect(char wanted) throws Malformed {
    if (!closes(wanted)) {
      throw unexpected("'" + wanted + "'");
    }
  }

  /** Stands before the object that an answer must be. */
  public void answer() throws Malformed {
    if (peek() != '{') {
      throw fail("the answer must be one JSON object");
    }
  }

  /** Whether {@code bracket} comes next; if so it is passed, white space before it included. */
  public boolean closes(char bracket) {
    if (peek() != bracket) {
      return false;
    }
    at++;
    return true;
  }

  /** Passes a comma (true) or {@code bracket} (false). */
  public boolean more(char bracket) throws Malformed {
    int next = peek();
    if (next != ',' && next != bracket) {
      throw unexpected("a comma or '" + bracket + "'");
    }
    at++;
    if (next == ',' && peek() == bracket) {
      throw fail("a comma is followed by nothing");
    }
    return next == ',';
  }

  /** Nothing but white space may follow. */
  public void finish() throws Malformed {
    if (peek() >= 0) {
      throw fail("something follows after the end");
    }
  }

  /** Reads a key of an object and the colon behind it. */
  public String member() throws Malformed {
    String name = text();
    expect(':');
    return name;
  }

  /** Reads a string. */
  public String text() throws Malformed {
    if (peek() != '"') {
      throw unexpected("a string");
    }
    string();
    return lastText();
  }

  /** The string whose opening quotation mark is at {@code offset}, which has been passed before; the place is kept. */
  String textAt(int offset) throws Malformed {
    int here = at;
    at = offset;
    string();
    at = here;
    return lastText();
  }

  /** Reads true or false. */
  public boolean bool() throws Malformed {
    boolean result = peek() == 't';
    word(result ? "true" : "false");
    return result;
  }

  /** Reads an integer from 0 to 2^63 − 1, written without fraction and exponent. */
  public long natural() throws Malformed {
    int start = number();
    long value = 0;
    for (int i = start; i < at; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
        at = start;
        throw fail("a number is not an integer from 0 to 2^63-1");
      }
      value = 10 * value + digit;
    }
    return value;
  }

  /** Reads a number as it is written, at most {@code lengthMax} characters of it. */
  public String digits(int lengthMax) throws Malformed {
    int start = number();
    if (at - start > lengthMax) {
      at = start;
      throw fail("a number is too long");
    }
    return new String(bytes, start, at - start, StandardCharsets.US_ASCII);
  }

  /**
   * Goes to the comma or closing bracket that ends whatever stands here, looking at strings and brackets only: to leave out
   * what {@link JsonChecker} refuses.
   */
  public void skip() throws Malformed {
    int depth = 0;
    for (; at < end; at++) {
      switch (bytes[at]) {
        case '"' -> at = Escapes.quote(bytes, at + 1);
        case '{', '[' -> depth++;
        case '}', ']' -> {
          if (depth-- == 0) {
            return;
          }
        }
        case ',' -> {
          if (depth == 0) {
            return;
          }
        }
        default -> {}
      }
    }
    throw early();
  }

  public Malformed fail(String reason) {
    return new Malformed(reason, at);
  }

  /** Passes a key of an object, in front of which it stands; returns the hash of the {@link String} that it stands for. */
  int key() throws Malformed {
    if (peek() != '"') {
      throw unexpected("a key in quotation marks");
    }
    int hash = 0;
    int i = at + 1;
    while (i < end) {
      byte b = bytes[i++];
      if (b == '"') {
        at = i;
        return hash;
      }
      if (b < ' ' || b == '\\') {
        break;
      }
      hash = 31 * hash + b;
    }
    string();
    return lastText().hashCode();
  }

  /** Passes a string, in front of whose quotation mark it stands. */
  void string() throws Malformed {
    int i = at + 1;
    textFrom = i;
    escaped = false;
    while (i < end) {
      byte b = bytes[i];
      if (b == '"') {
        textTo = i;
        at = i + 1;
        return;
      }
      i += b >= ' ' && b != '\\' ? 1 : special(i);
    }
    throw early();
  }

  /** How many bytes the escape or the UTF-8 sequence at {@code i} has. */
  private int special(int i) throws Malformed {
    if (bytes[i] == '\\') {
      escaped = true;
      return escape(i);
    }
    int length = bytes[i] >= 0 ? 0 : Utf8.sequence(bytes, i, end);
    if (length == 0) {
      at = i;
      throw fail(
          bytes[i] >= 0 ? "a control character is not escaped" : "the bytes are not valid UTF-8");
    }
    return length;
  }

  private int escape(int i) throws Malformed {
    int length = i + 1 >= end ? 0 : Escapes.length(bytes, i, end);
    if (length == 0) {
      at = i;
      throw fail("a backslash begins no known escape");
    }
    return length;
  }

  private String lastText() {
    return escaped
        ? Escapes.resolve(bytes, textFrom, textTo)
        : new String(bytes, textFrom, textTo - textFrom, StandardCharsets.UTF_8);
  }

  /** Passes a number and returns where it begins. */
  int number() throws Malformed {
    int next = peek();
    int start = at;
    if (next == '-') {
      at++;
    }
    int whole = at;
    someDigits();
    if (bytes[whole] == '0' && at > whole + 1) {
      at = start;
      throw fail("a number has a leading zero");
    }
    if (at < end && bytes[at] == '.') {
      at++;
      someDigits();
    }
    if (at < end && (bytes[at] | 0x20) == 'e') {
      at++;
      if (at < end && (bytes[at] == '+' || bytes[at] == '-')) {
        at++;
      }
      someDigits();
    }
    return start;
  }

  private void someDigits() throws Malformed {
    int start = at;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    if (at == start) {
      throw at == end ? early() : fail("this is not a number");
    }
  }

  /** Passes true, false or null. */
  void word(String word) throws Malformed {
    for (int i = 0; i < word.length(); i++) {
      if (at + i >= end || bytes[at + i] != word.charAt(i)) {
        throw at + i >= end ? early() : fail("this is not a JSON value");
      }
    }
    at += word.length();
  }

  Malformed unexpected(String wanted) {
    return peek() < 0 ? early() : fail(wanted + " is missing");
  }

  private Malformed early() {
    at = end;
    return fail("it ends too early");
  }
}

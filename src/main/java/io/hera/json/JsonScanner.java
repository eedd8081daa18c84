package io.hera.json;

import java.nio.charset.StandardCharsets;

/**
 * A scanner that goes once over JSON bytes (RFC 8259) and reads or passes one token at a time. Used
 * by one thread, for one document or answer.
 *
 * <p>It is written for Hera, instead of using a library, for two reasons. Answers of peers contain
 * documents, which have to be cut out byte by byte, at exact offsets. And the scanner has to be as
 * strict as clients are promised. It allocates nothing per token, except for keys that are not
 * plain ASCII.
 */
public final class JsonScanner {
  static final String EARLY_END = "the JSON ends too early";

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

  /** Returns the index of the next byte. */
  public int at() {
    return at;
  }

  public void goTo(int offset) {
    at = offset;
  }

  /** Skips white space and returns the next byte, 0–255, without passing it; −1 at the end. */
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

  /** Passes {@code wanted} and the white space before it. */
  public void expect(char wanted) throws Malformed {
    if (!accept(wanted)) {
      throw unexpected("'" + wanted + "'");
    }
  }

  /**
   * Passes {@code wanted} and the white space before it, if it comes next; returns whether it does.
   */
  public boolean accept(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  /** Passes a comma, or the closing {@code bracket}; returns whether it was a comma. */
  public boolean more(char bracket) throws Malformed {
    int next = peek();
    if (next != ',' && next != bracket) {
      throw unexpected("a comma or '" + bracket + "'");
    }
    at++;
    if (next == ',' && peek() == bracket) {
      throw fail("no value follows a comma");
    }
    return next == ',';
  }

  /** Checks that only white space is left. */
  public void expectEnd() throws Malformed {
    if (peek() >= 0) {
      throw fail("there is data after the end");
    }
  }

  /** Reads a key of an object and passes the colon after it. */
  public String memberName() throws Malformed {
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

  /** Returns the string whose opening quotation mark is at {@code offset}; does not move. */
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
    literal(result ? "true" : "false");
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

  /** Reads a number of at most {@code lengthMax} characters, and returns it as it is written. */
  public String numberText(int lengthMax) throws Malformed {
    int start = number();
    if (at - start > lengthMax) {
      at = start;
      throw fail("a number is too long");
    }
    return new String(bytes, start, at - start, StandardCharsets.US_ASCII);
  }

  /**
   * Skips the value that begins here, up to the comma or closing bracket after it. It looks at
   * strings and brackets only, so it also skips a value that {@link JsonChecker} refuses.
   */
  public void skip() throws Malformed {
    int depth = 0;
    for (; at < end; at++) {
      switch (bytes[at]) {
        case '"' -> at = Escapes.closingQuote(bytes, at + 1);
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
    throw earlyEnd();
  }

  /** Returns an exception for the present offset. */
  public Malformed fail(String reason) {
    return new Malformed(reason, at);
  }

  /** Passes a key of an object; returns the hash of the {@link String} that it denotes. */
  int key() throws Malformed {
    if (peek() != '"') {
      throw unexpected("a key in quotation marks");
    }
    escaped = false;
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

  /** Passes the string whose opening quotation mark is the next byte. */
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
    throw earlyEnd();
  }

  /** Returns the number of bytes of the escape or the UTF-8 sequence at {@code i}. */
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
      throw fail("an escape is invalid");
    }
    return length;
  }

  /** Returns whether the string or key passed last has escapes. */
  boolean wasEscaped() {
    return escaped;
  }

  /** Returns the string passed last, unescaped. */
  String lastText() {
    return escaped
        ? Escapes.unescape(bytes, textFrom, textTo)
        : new String(bytes, textFrom, textTo - textFrom, StandardCharsets.UTF_8);
  }

  /**
   * Returns the offset of the first half of a surrogate pair in the string or key passed last; −1
   * if there is none.
   */
  int halfPair() {
    return escaped ? Escapes.halfPair(bytes, textFrom, textTo) : -1;
  }

  /** Returns whether the number from {@code start} to here is within the range of a double. */
  boolean isDouble(int start) {
    return JsonNumber.isDouble(bytes, start, at);
  }

  /** Passes a number; returns the index at which it begins. */
  int number() throws Malformed {
    peek();
    int start = at;
    at = JsonNumber.end(bytes, start);
    return start;
  }

  /** Passes one of the literals true, false and null. */
  void literal(String literal) throws Malformed {
    for (int i = 0; i < literal.length(); i++) {
      if (at + i >= end || bytes[at + i] != literal.charAt(i)) {
        throw at + i >= end ? earlyEnd() : fail("a literal is not true, false or null");
      }
    }
    at += literal.length();
  }

  Malformed unexpected(String wanted) {
    return peek() < 0 ? earlyEnd() : fail(wanted + " is missing");
  }

  private Malformed earlyEnd() {
    at = end;
    return fail(EARLY_END);
  }
}

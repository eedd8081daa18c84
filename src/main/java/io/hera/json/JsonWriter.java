package io.hera.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** A growing array of bytes with methods that append JSON. Used by one thread, for one text. */
public final class JsonWriter {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private static final int DIGITS_MAX = 19;

  private byte[] bytes;
  private int size;

  public JsonWriter(int sizeExpected) {
    bytes = new byte[Math.max(64, sizeExpected)];
  }

  /** Returns the number of bytes so far. */
  public int size() {
    return size;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** Appends one byte. */
  public JsonWriter raw(int b) {
    room(1);
    bytes[size++] = (byte) b;
    return this;
  }

  /** Appends a range of bytes. */
  public JsonWriter raw(byte[] source, int from, int to) {
    room(to - from);
    System.arraycopy(source, from, bytes, size, to - from);
    size += to - from;
    return this;
  }

  /** Appends bytes. */
  public JsonWriter raw(byte[] source) {
    return raw(source, 0, source.length);
  }

  /** Appends JSON on one line: line breaks between its tokens become spaces. In a string, they are escaped. */
  public JsonWriter onOneLine(byte[] json) {
    int from = size;
    raw(json);
    for (int i = from; i < size; i++) {
      if (bytes[i] == '\n' || bytes[i] == '\r') {
        bytes[i] = ' ';
      }
    }
    return this;
  }

  /** Appends text that is ASCII, unescaped. */
  public JsonWriter ascii(String text) {
    room(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[size++] = (byte) text.charAt(i);
    }
    return this;
  }

  public JsonWriter number(long number) {
    if (number < 0) {
      return ascii(Long.toString(number));
    }
    room(DIGITS_MAX);
    int digits = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    long rest = number;
    for (int i = size + digits - 1; i >= size; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += digits;
    return this;
  }

  /** Appends a line break and {@code count} spaces. */
  public JsonWriter line(int count) {
    room(count + 1);
    bytes[size++] = '\n';
    Arrays.fill(bytes, size, size + count, (byte) ' ');
    size += count;
    return this;
  }

  /** Appends an object of strings, in the order of the map. */
  public JsonWriter texts(Map<String, String> texts) {
    raw('{');
    String separator = "";
    for (Map.Entry<String, String> text : texts.entrySet()) {
      ascii(separator).string(text.getKey()).raw(':').string(text.getValue());
      separator = ",";
    }
    return raw('}');
  }

  /**
   * Appends a JSON string. Quotation mark, backslash, control characters and lone surrogates are
   * escaped; all other characters are UTF-8.
   */
  public JsonWriter string(String text) {
    room(6 * text.length() + 2);
    bytes[size++] = '"';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        i += wide(text, i);
      } else if (c < ' ' || c == '"' || c == '\\' || c == 0x7f) {
        escape(c);
      } else {
        bytes[size++] = (byte) c;
      }
    }
    bytes[size++] = '"';
    return this;
  }

  /** Appends the character at {@code i}; returns 1 if it is a pair of surrogates, otherwise 0. */
  private int wide(String text, int i) {
    int point = text.codePointAt(i);
    if (point < 0x10000 && Character.isSurrogate((char) point)) {
      escape(point);
      return 0;
    }
    byte[] utf8 = Character.toString(point).getBytes(StandardCharsets.UTF_8);
    raw(utf8);
    return Character.charCount(point) - 1;
  }

  private void escape(int c) {
    bytes[size++] = '\\';
    if (c == '"' || c == '\\') {
      bytes[size++] = (byte) c;
      return;
    }
    bytes[size++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) {
      bytes[size++] = HEX[(c >> shift) & 15];
    }
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.addExact(size, Math.max(more, size / 2)));
    }
  }
}

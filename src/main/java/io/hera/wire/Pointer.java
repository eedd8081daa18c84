package io.hera.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds out in which member of a document an offset lies, after a fault has been found there.
 *
 * <p>A second pass, so that the first need not keep a path that nobody asks for when all is well. Everything in front of the
 * offset is known to be good JSON.
 */
final class Pointer {
  private static final int LENGTH_MAX = 256;

  /** One level: the key the member has, or if there is none yet its index, −1 in an object. */
  private static final class Level {
    String key = "";
    int index;

    Level(int index) {
      this.index = index;
    }
  }

  private final byte[] bytes;
  private final List<Level> path = new ArrayList<>();
  private boolean keyNext;

  private Pointer(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The JSON pointer (RFC 6901) to the innermost member at {@code offset}; empty for the document itself or if very long. */
  static String to(byte[] bytes, int offset) {
    Pointer pointer = new Pointer(bytes);
    int at = 0;
    while (at < offset || (at == offset && at < bytes.length && bytes[at] == '"')) {
      at = pointer.step(at);
    }
    return pointer.text();
  }

  private int step(int at) {
    switch (bytes[at]) {
      case '{' -> enter(-1);
      case '[' -> enter(0);
      case '}', ']' -> path.remove(path.size() - 1);
      case ',' -> next();
      case '"' -> {
        return string(at);
      }
      default -> {}
    }
    return at + 1;
  }

  private void enter(int index) {
    path.add(new Level(index));
    keyNext = index < 0;
  }

  private void next() {
    Level level = path.get(path.size() - 1);
    keyNext = level.index < 0;
    if (!keyNext) {
      level.index++;
    }
  }

  private int string(int at) {
    int end = at + 1;
    while (end < bytes.length && bytes[end] != '"') {
      end += bytes[end] == '\\' ? 2 : 1;
    }
    if (keyNext && end < bytes.length) {
      path.get(path.size() - 1).key = "/" + escape(key(at));
      keyNext = false;
    }
    return end + 1;
  }

  private String key(int at) {
    try {
      return new Scanner(bytes, 1).textAt(at);
    } catch (Malformed flaw) {
      return "";
    }
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (Level level : path) {
      text.append(level.index < 0 ? level.key : "/" + level.index);
      if (text.length() > LENGTH_MAX) {
        return "";
      }
    }
    return text.toString();
  }

  private static String escape(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }
}

package io.hera.json;

import java.util.ArrayList;
import java.util.List;

/**
 * The search for the member of a document in which an offset lies, after a fault was found there.
 *
 * <p>It is a second pass over the bytes, so the first one does not have to maintain a path that is
 * needed only after a fault. All bytes before the offset are valid JSON.
 */
final class JsonPointer {
  private static final int LENGTH_MAX = 256;

  /**
   * One level of nesting. In an array, {@code index} is that of the element. In an object,
   * {@code index} is −1, and {@code key} is the offset of the member's key, −1 before the first
   * one.
   */
  private static final class Level {
    int key = -1;
    int index;

    Level(int index) {
      this.index = index;
    }
  }

  private final byte[] bytes;
  private final List<Level> path = new ArrayList<>();
  private boolean keyNext;

  private JsonPointer(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Returns the JSON pointer (RFC 6901) to the innermost member at {@code offset}; empty for the
   * document itself, or if it is too long.
   */
  static String to(byte[] bytes, int offset) {
    JsonPointer pointer = new JsonPointer(bytes);
    int at = 0;
    while (at < offset || (at == offset && at < bytes.length && bytes[at] == '"')) {
      at = pointer.step(at);
    }
    return pointer.text();
  }

  /** Returns the JSON pointer to a member of the outermost object; empty if it is too long. */
  static String toMember(String name) {
    return name.length() > LENGTH_MAX ? "" : "/" + escape(name);
  }

  private int step(int at) {
    switch (bytes[at]) {
      case '{' -> enter(-1);
      case '[' -> enter(0);
      case '}', ']' -> leave();
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

  private void leave() {
    path.remove(path.size() - 1);
    keyNext = false;
  }

  private void next() {
    Level level = path.get(path.size() - 1);
    keyNext = level.index < 0;
    level.key = -1;
    level.index += keyNext ? 0 : 1;
  }

  private int string(int at) {
    int end = Escapes.closingQuote(bytes, at + 1);
    if (keyNext && end < bytes.length) {
      path.get(path.size() - 1).key = at;
      keyNext = false;
    }
    return end + 1;
  }

  private String key(int at) {
    try {
      return at < 0 ? "" : "/" + escape(new JsonScanner(bytes).textAt(at));
    } catch (Malformed flaw) {
      return "";
    }
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (Level level : path) {
      text.append(level.index < 0 ? key(level.key) : "/" + level.index);
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

package io.hera.json;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds out in which member of a document an offset lies, after a fault has been found there.
 *
 * <p>A second pass, so that the first need not keep a path that nobody asks for when all is well. Everything in front of the
 * offset is known to be good JSON.
 */
final class JsonPointer {
  private static final int LENGTH_MAX = 256;

  /** One level: in an array which element, in an object (index −1) where the member's key begins, −1 before there is one. */
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

  /** The JSON pointer (RFC 6901) to the innermost member at {@code offset}; empty for the document itself or if very long. */
  static String to(byte[] bytes, int offset) {
    JsonPointer pointer = new JsonPointer(bytes);
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
    int end = Escapes.quote(bytes, at + 1);
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

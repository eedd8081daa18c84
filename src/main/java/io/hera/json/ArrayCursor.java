package io.hera.json;

import org.jspecify.annotations.Nullable;

/** A cursor over the elements of a JSON array that was checked before. */
public final class ArrayCursor {
  private final JsonScanner in;
  private boolean begun;
  private @Nullable String text;

  /** Creates a cursor before the first element; {@code array} begins with its bracket. */
  public ArrayCursor(byte[] array) {
    this.in = new JsonScanner(array);
  }

  /** Moves to the next element; returns false after the last one. */
  public boolean next() {
    try {
      if (!begun) {
        begun = true;
        in.expect('[');
        if (in.accept(']')) {
          return false;
        }
      } else if (!in.more(']')) {
        return false;
      }
      text = in.peek() == '"' ? in.text() : null;
      if (text == null) {
        in.skip();
      }
      return true;
    } catch (Malformed defect) {
      throw new IllegalStateException("the array was not checked", defect);
    }
  }

  /** Returns the element if it is a string, unescaped; otherwise null. */
  public @Nullable String text() {
    return text;
  }
}

package io.hera.json;

import org.jspecify.annotations.Nullable;

/** Goes through the elements of a JSON array that has been checked; anything else is a defect. */
public final class ArrayCursor {
  private final JsonScanner in;
  private boolean begun;
  private @Nullable String text;

  /** Stands before the first element; {@code array} begins with its bracket. */
  public ArrayCursor(byte[] array) {
    this.in = new JsonScanner(array);
  }

  /** Goes to the next element; false behind the last one. */
  public boolean next() {
    try {
      if (!begun) {
        begun = true;
        in.expect('[');
        if (in.closes(']')) {
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
      throw new IllegalStateException("an array that was not checked", defect);
    }
  }

  /** The element where it is a string, unescaped; else null. */
  public @Nullable String text() {
    return text;
  }
}

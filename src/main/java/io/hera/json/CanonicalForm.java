package io.hera.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The canonical form of a JSON object or array that was checked before: equal bytes if and only if
 * two of them have the same content. Used by one thread.
 *
 * <p>White space and the order of members are not content, at any depth. Strings and names are
 * compared unescaped. Numbers are compared as they are written: {@code 1} and {@code 1.0} differ,
 * because Hera never interprets a number. The form is not JSON. Members are in the order of their
 * bytes, and each string or number ends with a byte that UTF-8 never contains.
 */
public final class CanonicalForm {
  private static final int END = 0xff;
  private static final int[] NOTHING = {};

  /** Up to so many members, the simplest sort is the fastest. */
  private static final int FEW = 32;

  /** Marks a string that is kept with its escapes, because half of a surrogate pair has no UTF-8. */
  private static final int RAW = '\'';

  private final Set<String> leftOut;
  private final int[] leftOutHashes;
  private byte[] out = new byte[512];
  private int size;
  /** Where the members of all objects under way begin in {@link #out}, the innermost object last. */
  private int[] starts = new int[32];

  private int members;
  private final int[] fewInOrder = new int[FEW];

  /** Creates a form without the members of the outermost object that have one of these names. */
  public CanonicalForm(Set<String> leftOut) {
    this.leftOut = Set.copyOf(leftOut);
    this.leftOutHashes = leftOut.stream().mapToInt(String::hashCode).toArray();
  }

  /** Returns the canonical form of an object or array that was checked before. */
  public byte[] of(byte[] json) {
    size = 0;
    members = 0;
    try {
      JsonScanner in = new JsonScanner(json);
      if (in.peek() == '{') {
        object(in, json, leftOutHashes);
      } else {
        array(in, json);
      }
    } catch (Malformed defect) {
      throw new IllegalStateException("the JSON was not checked", defect);
    }
    return Arrays.copyOf(out, size);
  }

  private void object(JsonScanner in, byte[] bytes, int[] hashesLeftOut) throws Malformed {
    in.expect('{');
    put('{');
    int first = members;
    boolean sorted = true;
    if (!in.accept('}')) {
      do {
        if (member(in, bytes, hashesLeftOut)) {
          sorted &= members < first + 2 || compare(starts[members - 2], starts[members - 1]) < 0;
        }
      } while (in.more('}'));
    }
    if (!sorted) {
      sort(first);
    }
    members = first;
    put('}');
  }

  /** Passes a member; returns whether it is part of the content. */
  private boolean member(JsonScanner in, byte[] bytes, int[] hashesLeftOut) throws Malformed {
    in.peek();
    int start = in.at();
    int hash = in.key();
    int end = in.at();
    if (has(hashesLeftOut, hash) && leftOut.contains(in.textAt(start))) {
      in.expect(':');
      in.peek();
      in.skip();
      return false;
    }
    begin();
    text(in, bytes, start + 1, end - 1);
    in.expect(':');
    value(in, bytes);
    return true;
  }

  private void value(JsonScanner in, byte[] bytes) throws Malformed {
    switch (in.peek()) {
      case '"' -> string(in, bytes);
      case '{' -> object(in, bytes, NOTHING);
      case '[' -> array(in, bytes);
      default -> token(in, bytes);
    }
  }

  private void array(JsonScanner in, byte[] bytes) throws Malformed {
    in.expect('[');
    put('[');
    if (!in.accept(']')) {
      do {
        value(in, bytes);
      } while (in.more(']'));
    }
    put(']');
  }

  /** Writes a number or a literal as it is. */
  private void token(JsonScanner in, byte[] bytes) throws Malformed {
    int from = in.at();
    in.skip();
    int to = in.at();
    while (bytes[to - 1] <= ' ') {
      to--;
    }
    put(bytes, from, to);
    put(END);
  }

  private void string(JsonScanner in, byte[] bytes) throws Malformed {
    int from = in.at() + 1;
    in.string();
    text(in, bytes, from, in.at() - 1);
  }

  /** Writes the string or key that was just passed, whose content is from {@code from} to {@code to}. */
  private void text(JsonScanner in, byte[] bytes, int from, int to) {
    if (!in.wasEscaped()) {
      put('"');
      put(bytes, from, to);
    } else if (in.halfPair() < 0) {
      byte[] plain = in.lastText().getBytes(StandardCharsets.UTF_8);
      put('"');
      put(plain, 0, plain.length);
    } else {
      put(RAW);
      put(bytes, from, to);
    }
    put(END);
  }

  private static boolean has(int[] hashes, int wanted) {
    for (int hash : hashes) {
      if (hash == wanted) {
        return true;
      }
    }
    return false;
  }

  /** Notes that a member begins here. */
  private void begin() {
    if (members == starts.length) {
      starts = Arrays.copyOf(starts, 2 * members);
    }
    starts[members++] = size;
  }

  /**
   * Compares two members, of which the second ends here or is followed by others. Names differ, and
   * none is the beginning of another, so the names decide.
   */
  private int compare(int one, int other) {
    return Arrays.compareUnsigned(out, one, size, out, other, size);
  }

  /** Sorts the members of the innermost object, the last part of the output. */
  private void sort(int first) {
    int from = starts[first];
    int count = members - first;
    int[] order = count <= FEW ? few(first, count) : many(first, count);
    byte[] unsorted = Arrays.copyOfRange(out, from, size);
    int at = from;
    for (int i = 0; i < count; i++) {
      int member = order[i];
      int start = starts[member];
      int end = member + 1 < members ? starts[member + 1] : size;
      System.arraycopy(unsorted, start - from, out, at, end - start);
      at += end - start;
    }
  }

  /** Returns the members from {@code first} on in their order, at the beginning of the array. */
  private int[] few(int first, int count) {
    for (int i = 0; i < count; i++) {
      int member = first + i;
      int at = i;
      for (; at > 0 && compare(starts[fewInOrder[at - 1]], starts[member]) > 0; at--) {
        fewInOrder[at] = fewInOrder[at - 1];
      }
      fewInOrder[at] = member;
    }
    return fewInOrder;
  }

  private int[] many(int first, int count) {
    return IntStream.range(first, first + count)
        .boxed()
        .sorted((one, other) -> compare(starts[one], starts[other]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private void put(int b) {
    room(1);
    out[size++] = (byte) b;
  }

  private void put(byte[] source, int from, int to) {
    room(to - from);
    System.arraycopy(source, from, out, size, to - from);
    size += to - from;
  }

  private void room(int more) {
    if (out.length - size < more) {
      out = Arrays.copyOf(out, Math.max(2 * size, size + more));
    }
  }
}

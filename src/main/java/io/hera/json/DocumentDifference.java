package io.hera.json;

import java.util.Arrays;
import java.util.Set;

/**
 * What two objects that were checked before differ in, from the first byte that differs to the last one.
 *
 * <p>Most documents of heartbeats differ from the one before in the digits of a time. To find that out takes a fraction of what two
 * {@link CanonicalForm canonical forms} take.
 */
public final class DocumentDifference {
  /** The characters of numbers and times. */
  private static final boolean[] PLAIN = new boolean[128];

  static {
    "0123456789+-.:eETZ".chars().forEach(one -> PLAIN[one] = true);
  }

  private DocumentDifference() {}

  /**
   * Returns whether the objects differ in the value of one of these top-level members only. Other
   * differences without a meaning, as another order, are not looked for: false says nothing.
   */
  public static boolean isInValueOf(Set<String> names, byte[] one, byte[] other) {
    int from = Arrays.mismatch(one, other);
    if (from < 0 || names.isEmpty()) {
      return from < 0;
    }
    int behind = commonEnd(one, other, from);
    return isPlain(one, from, one.length - behind)
        && isPlain(other, from, other.length - behind)
        && isInValueOf(names, other, from, other.length - behind);
  }

  /** Returns how many bytes are the same at the end, behind the first {@code from}. */
  private static int commonEnd(byte[] one, byte[] other, int from) {
    int most = Math.min(one.length, other.length) - from;
    int same = 0;
    while (same < most && one[one.length - 1 - same] == other[other.length - 1 - same]) {
      same++;
    }
    return same;
  }

  /** Whether the bytes can neither begin nor end a value, so that both objects have the same members. */
  private static boolean isPlain(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] < 0 || !PLAIN[bytes[i]]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isInValueOf(Set<String> names, byte[] document, int from, int to) {
    ObjectCursor members = new ObjectCursor(document);
    while (members.next()) {
      if (members.endsAt() >= to) {
        return members.beginsAt() <= from && names.contains(members.name());
      }
    }
    return false;
  }
}

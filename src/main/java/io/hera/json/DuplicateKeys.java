package io.hera.json;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * A stack of the keys of all objects that a {@link JsonScanner} has entered, the innermost last. It
 * finds a key that appears twice in one object.
 *
 * <p>A key is kept as its hash and its offset, packed into one long, so no key is copied. Only keys
 * of equal hash are read again and compared. An attacker can forge many keys of equal hash; these
 * go through a {@link HashSet}, whose buckets become trees, so the cost stays O(n log n).
 */
final class DuplicateKeys {
  private static final int PAIRWISE_MAX = 16;

  private long[] keys = new long[PAIRWISE_MAX];
  private int size;

  int size() {
    return size;
  }

  void add(int hash, int offset) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
    }
    keys[size++] = ((long) hash << 32) | offset;
  }

  /** Removes the keys of the innermost object, whose first key has the index {@code first}. */
  void drop(int first) {
    size = first;
  }

  /**
   * Returns the offset of a key that the innermost object has before it too, or −1. This may
   * reorder the keys of the object.
   */
  int duplicate(int first, JsonScanner in) throws Malformed {
    if (size - first <= PAIRWISE_MAX) {
      return duplicateAmongFew(first, in);
    }
    Arrays.sort(keys, first, size);
    for (int i = first + 1; i < size; i++) {
      if (sameHash(keys[i], keys[i - 1])) {
        return duplicateAmongMany(first, in);
      }
    }
    return -1;
  }

  private int duplicateAmongFew(int first, JsonScanner in) throws Malformed {
    for (int i = first + 1; i < size; i++) {
      for (int j = first; j < i; j++) {
        if (sameHash(keys[i], keys[j])
            && in.textAt((int) keys[i]).equals(in.textAt((int) keys[j]))) {
          return (int) keys[i];
        }
      }
    }
    return -1;
  }

  private int duplicateAmongMany(int first, JsonScanner in) throws Malformed {
    Set<String> seen = new HashSet<>();
    for (int i = first; i < size; i++) {
      if (!seen.add(in.textAt((int) keys[i]))) {
        return (int) keys[i];
      }
    }
    return -1;
  }

  private static boolean sameHash(long a, long b) {
    return (a ^ b) >>> 32 == 0;
  }
}

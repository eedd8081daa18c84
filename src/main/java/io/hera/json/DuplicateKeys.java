package io.hera.json;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The keys of the objects that a {@link JsonScanner} is inside of, innermost last: finds those that appear twice.
 *
 * <p>A key is its hash and where it begins, packed into one long, so that no key is copied. Only keys of equal hash are read
 * again. Hashes can be forged, therefore many keys of equal hash go through a set whose buckets are trees: n log n at worst.
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

  /** The object whose first key is number {@code first} has ended. */
  void drop(int first) {
    size = first;
  }

  /** Where a key begins that was in the object before, or −1. The object's keys lose their order. */
  int twice(int first, JsonScanner in) throws Malformed {
    if (size - first <= PAIRWISE_MAX) {
      return twiceAmongFew(first, in);
    }
    Arrays.sort(keys, first, size);
    for (int i = first + 1; i < size; i++) {
      if (sameHash(keys[i], keys[i - 1])) {
        return twiceAmongMany(first, in);
      }
    }
    return -1;
  }

  private int twiceAmongFew(int first, JsonScanner in) throws Malformed {
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

  private int twiceAmongMany(int first, JsonScanner in) throws Malformed {
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

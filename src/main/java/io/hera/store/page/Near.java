package io.hera.store.page;

import java.util.List;
import java.util.Map;

/**
 * A preference among the instances that match: those whose top-level member has the first of these values that enough instances
 * have, else all of them.
 *
 * @param member its name
 * @param values the nearest first
 * @param min how many instances are enough, at least 1
 */
public record Near(String member, List<String> values, int min) {
  /** No preference. */
  public static final Near NONE = new Near("", List.of(), 1);

  public Near {
    values = List.copyOf(values);
  }

  /** Returns whether there is no preference. */
  public boolean isNone() {
    return values.isEmpty();
  }

  /** Returns which of the values the document has; their number if none. */
  int rank(byte[] document) {
    for (int i = 0; i < values.size(); i++) {
      if (new Filter(List.of(Map.entry(member, values.get(i)))).matches(document)) {
        return i;
      }
    }
    return values.size();
  }

  /** Returns the first value that enough instances have, by how many have each; the number of values if none. */
  int choice(int[] counts) {
    for (int i = 0; i < values.size(); i++) {
      if (counts[i] >= min) {
        return i;
      }
    }
    return values.size();
  }
}

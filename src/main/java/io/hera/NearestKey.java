package io.hera;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds what was meant by a key that nobody knows. */
final class NearestKey {
  private static final int LENGTH_MAX = 64;

  private NearestKey() {}

  /** {@code unknown key, did you mean liveness?}, or without the question when no key is near. */
  static String unknown(String wrong, Collection<String> known) {
    String typed = letters(wrong);
    return known.stream()
        .filter(key -> distance(typed, letters(key)) <= tolerated(typed, key))
        .min(Comparator.<String>comparingInt(key -> distance(typed, letters(key)))
            .thenComparing(Comparator.naturalOrder()))
        .map(key -> "unknown key, did you mean " + key + "?")
        .orElse("unknown key");
  }

  private static int tolerated(String typed, String key) {
    return Math.max(1, Math.min(typed.length(), key.length()) / 3);
  }

  private static String letters(String key) {
    String cut = key.length() > LENGTH_MAX ? key.substring(0, LENGTH_MAX) : key;
    return cut.toLowerCase(Locale.ROOT).replaceAll("[-_.]", "");
  }

  /** Characters to insert, leave out or replace (Levenshtein 1966). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j - 1], diagonal));
      }
    }
    return row[b.length()];
  }
}

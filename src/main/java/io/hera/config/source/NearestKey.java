package io.hera.config.source;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known key that an unknown one was probably meant to be. */
public final class NearestKey {
  static final String UNKNOWN = "unknown key";

  private static final int LENGTH_MAX = 64;

  private NearestKey() {}

  /** Returns {@code unknown key, did you mean liveness?}, without the question if no key is near. */
  public static String unknown(String wrong, Collection<String> known) {
    return of(wrong, known).map(key -> UNKNOWN + ", did you mean " + key + "?").orElse(UNKNOWN);
  }

  /** Returns the known key that is nearest to {@code wrong}; empty if none is near. */
  public static Optional<String> of(String wrong, Collection<String> known) {
    String typed = letters(wrong);
    return known.stream()
        .filter(key -> distance(typed, letters(key)) <= tolerated(typed, key))
        .min(Comparator.<String>comparingInt(key -> distance(typed, letters(key)))
            .thenComparing(Comparator.naturalOrder()));
  }

  private static int tolerated(String typed, String key) {
    return Math.max(1, Math.min(typed.length(), key.length()) / 3);
  }

  private static String letters(String key) {
    String cut = key.length() > LENGTH_MAX ? key.substring(0, LENGTH_MAX) : key;
    return cut.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "").replace(".", "");
  }

  /** Returns the number of characters to insert, delete, replace or swap (optimal string alignment). */
  private static int distance(String a, String b) {
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        edits[i][j] = Math.min(i, j) == 0 ? Math.max(i, j) : step(edits, a, b, i, j);
      }
    }
    return edits[a.length()][b.length()];
  }

  /** Returns the edits from the first {@code i} characters of {@code a} to the first {@code j} of {@code b}. */
  private static int step(int[][] edits, String a, String b, int i, int j) {
    int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
  }
}

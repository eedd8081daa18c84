package io.hera.sim.mutants;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Which token of a source became which token of its next version: the global alignment with the
 * highest score (Needleman and Wunsch 1970). An equal token scores, a name more than a separator; a
 * name may also stand for another name, which is how renames are found.
 */
final class Alignment {
  /** In the place of a token that has no counterpart. */
  static final int GONE = -1;

  private static final int SAME_NAME = 8;
  private static final int RENAMED = 7;
  private static final int SAME_SIGN = 3;
  private static final int OTHER_NAME = 1;
  private static final int UNLIKE = -1;

  private final int[] places;

  private Alignment(int[] places) {
    this.places = places;
  }

  /**
   * Aligns two versions of a source.
   *
   * @param renamed from a name before to the name that is known to have replaced it, or to itself
   */
  static Alignment of(Tokens before, Tokens after, UnaryOperator<String> renamed) {
    return new Alignment(new Table(before, after, renamed).places());
  }

  /** Returns the index after of the token that was at {@code index} before, or {@link #GONE}. */
  int place(int index) {
    return places[index];
  }

  /** The best score of each pair of prefixes, a row at a time, and the step that leads to it. */
  private static final class Table {
    private static final byte DROP = 0;
    private static final byte INSERT = 1;
    private static final byte PAIR = 2;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final int[] before;
    private final int[] renamed;
    private final int[] after;
    private final boolean[] nameBefore;
    private final boolean[] nameAfter;
    private final byte[][] steps;

    Table(Tokens before, Tokens after, UnaryOperator<String> rename) {
      this.before = before.texts().stream().mapToInt(this::number).toArray();
      this.after = after.texts().stream().mapToInt(this::number).toArray();
      this.renamed = before.texts().stream().map(rename).mapToInt(this::number).toArray();
      this.nameBefore = names(before);
      this.nameAfter = names(after);
      this.steps = new byte[before.size() + 1][after.size() + 1];
      Arrays.fill(steps[0], INSERT);
      fill();
    }

    private int number(String text) {
      return numbers.computeIfAbsent(text, next -> numbers.size());
    }

    private static boolean[] names(Tokens tokens) {
      boolean[] names = new boolean[tokens.size()];
      for (int at = 0; at < names.length; at++) {
        names[at] = tokens.isName(at);
      }
      return names;
    }

    private void fill() {
      int[] above = new int[after.length + 1];
      int[] row = new int[after.length + 1];
      for (int i = 0; i < before.length; i++) {
        for (int j = 0; j < after.length; j++) {
          int likeness = likeness(i, j);
          int paired = likeness == UNLIKE ? UNLIKE : above[j] + likeness;
          row[j + 1] = Math.max(paired, Math.max(above[j + 1], row[j]));
          steps[i + 1][j + 1] =
              row[j + 1] == paired ? PAIR : row[j + 1] == above[j + 1] ? DROP : INSERT;
        }
        int[] spare = above;
        above = row;
        row = spare;
      }
    }

    private int likeness(int i, int j) {
      if (before[i] == after[j]) {
        return nameBefore[i] ? SAME_NAME : SAME_SIGN;
      }
      if (renamed[i] == after[j]) {
        return RENAMED;
      }
      return nameBefore[i] && nameAfter[j] ? OTHER_NAME : UNLIKE;
    }

    int[] places() {
      int[] places = new int[before.length];
      int i = before.length;
      int j = after.length;
      while (i > 0) {
        switch (steps[i][j]) {
          case PAIR -> places[--i] = --j;
          case DROP -> places[--i] = GONE;
          default -> j--;
        }
      }
      return places;
    }
  }
}

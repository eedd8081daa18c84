package io.hera.wire;

import java.math.BigDecimal;
import java.util.OptionalLong;

/** Numbers that are integers whatever they look like: Python prints {@code 1355833258675.0} and {@code 1.3e+12}. */
final class IntegerText {
  private static final int LENGTH_MAX = 64;

  private IntegerText() {}

  /** The integer that {@code text} stands for; empty if it stands for none within 64 bits. */
  static OptionalLong of(String text) {
    if (text.isEmpty() || text.length() > LENGTH_MAX || !looksRight(text)) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(new BigDecimal(text).longValueExact());
    } catch (ArithmeticException | NumberFormatException notOne) {
      return OptionalLong.empty();
    }
  }

  private static boolean looksRight(String text) {
    return text.charAt(0) != '+' && text.chars().allMatch(c -> "0123456789+-.eE".indexOf(c) >= 0);
  }
}

package io.hera.wire;

import java.math.BigDecimal;
import java.util.OptionalLong;

/**
 * The reading of integers in any notation for numbers: Python prints {@code 1355833258675.0} and
 * {@code 1.3e+12}.
 */
final class IntegerText {
  private static final int LENGTH_MAX = 64;

  private IntegerText() {}

  /** Returns the integer that {@code text} denotes; empty if it is not an integer of 64 bits. */
  static OptionalLong of(String text) {
    if (text.isEmpty() || text.length() > LENGTH_MAX || !isNumeric(text)) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(new BigDecimal(text).longValueExact());
    } catch (ArithmeticException | NumberFormatException notInteger) {
      return OptionalLong.empty();
    }
  }

  private static boolean isNumeric(String text) {
    return text.charAt(0) != '+' && text.chars().allMatch(c -> "0123456789+-.eE".indexOf(c) >= 0);
  }
}

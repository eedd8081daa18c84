package io.hera.wire;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text form of durations in the configuration and in {@code ?ttl=}: a number of seconds
 * ({@code 15}, {@code 0.5}), or a number with {@code ms}, {@code s}, {@code m} or {@code h}.
 */
public final class Durations {
  private static final int LENGTH_MAX = 64;
  private static final Pattern DURATION = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ms|s|m|h)?");
  private static final BigDecimal MILLIS_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

  private Durations() {}

  /**
   * Parses a duration to milliseconds, rounded up: only a written 0 becomes 0. A value above the
   * range of a long becomes {@code Long.MAX_VALUE}.
   *
   * @return empty if {@code text} is not a duration: it has a sign, an exponent, a blank, another
   *     unit, or more than 64 characters
   */
  public static OptionalLong millis(String text) {
    if (text.length() > LENGTH_MAX) {
      return OptionalLong.empty();
    }
    Matcher parts = DURATION.matcher(text);
    if (!parts.matches()) {
      return OptionalLong.empty();
    }
    BigDecimal millis = new BigDecimal(parts.group(1))
        .multiply(BigDecimal.valueOf(unitMillis(parts.group(2))))
        .setScale(0, RoundingMode.CEILING);
    return OptionalLong.of(millis.min(MILLIS_MAX).longValueExact());
  }

  private static long unitMillis(@Nullable String unit) {
    if (unit == null) {
      return 1_000;
    }
    return switch (unit) {
      case "ms" -> 1;
      case "m" -> 60_000;
      case "h" -> 3_600_000;
      default -> 1_000;
    };
  }
}

package io.hera.config.source;

import io.hera.wire.Durations;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a number in the configuration counts. */
enum Unit {
  /** Things. */
  COUNT,
  /** Bytes, also written with KiB, MiB or GiB. */
  BYTES,
  /** Milliseconds, written as a duration. */
  MILLIS;

  private static final Pattern SIZE = Pattern.compile("(0|[1-9][0-9]{0,17})(KiB|MiB|GiB)?");
  private static final long DAY_MILLIS = 86_400_000;
  private static final long HOUR_MILLIS = 3_600_000;

  /** Returns the number that {@code text} is, {@code Long.MAX_VALUE} for a larger one; empty for other text. */
  OptionalLong parse(String text) {
    return switch (this) {
      case COUNT -> whole(text);
      case BYTES -> bytes(text);
      case MILLIS -> Durations.millis(text);
    };
  }

  /** Returns the number as a file would have it. */
  String text(long number) {
    return switch (this) {
      case COUNT -> Long.toString(number);
      case BYTES -> size(number);
      case MILLIS -> number % 1_000 == 0 ? number / 1_000 + "s" : number + "ms";
    };
  }

  /** Returns the rule that text which is not such a number breaks. */
  String expected(long min, long max) {
    return switch (this) {
      case COUNT -> "is not a whole number in " + range(min, max);
      case BYTES -> "is not a size in " + range(min, max);
      case MILLIS -> "is not a duration: write seconds (300), or 500ms, 15s, 5m, 2h";
    };
  }

  /** Returns {@code 1..65535}, {@code 2..1024 bytes}, {@code 0.1..3600 s}. */
  String range(long min, long max) {
    return switch (this) {
      case COUNT -> min + ".." + max;
      case BYTES -> min + ".." + max + " bytes";
      case MILLIS -> seconds(min) + ".." + seconds(max) + " s";
    };
  }

  /** Returns the range as documentation has it. */
  String allowed(long min, long max) {
    return words(min) + " to " + words(max);
  }

  private String words(long number) {
    return switch (this) {
      case COUNT -> text(number);
      case BYTES -> number < 1 << 10 ? number + " bytes" : text(number);
      case MILLIS -> readable(number);
    };
  }

  private static OptionalLong whole(String text) {
    Matcher number = SIZE.matcher(text);
    return number.matches() && number.group(2) == null
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  private static OptionalLong bytes(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      return OptionalLong.empty();
    }
    int shift =
        size.group(2) == null ? 0 : 10 * (1 + "KMG".indexOf(size.group(2).charAt(0)));
    long number = Long.parseLong(size.group(1));
    return OptionalLong.of(number > Long.MAX_VALUE >> shift ? Long.MAX_VALUE : number << shift);
  }

  private static String size(long bytes) {
    if (bytes % (1L << 30) == 0) {
      return (bytes >> 30) + "GiB";
    }
    if (bytes % (1L << 20) == 0) {
      return (bytes >> 20) + "MiB";
    }
    return bytes % (1L << 10) == 0 ? (bytes >> 10) + "KiB" : Long.toString(bytes);
  }

  private static String seconds(long millis) {
    return millis % 1_000 == 0 ? Long.toString(millis / 1_000) : Double.toString(millis / 1_000.0);
  }

  private static String readable(long millis) {
    if (millis >= DAY_MILLIS && millis % DAY_MILLIS == 0) {
      return millis == DAY_MILLIS ? "1 day" : millis / DAY_MILLIS + " days";
    }
    return millis >= HOUR_MILLIS && millis % HOUR_MILLIS == 0
        ? millis / HOUR_MILLIS + " h"
        : seconds(millis) + " s";
  }
}

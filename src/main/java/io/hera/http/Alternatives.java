package io.hera.http;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Headers in which a client lists what it takes: {@code gzip, br;q=0.5}. */
final class Alternatives {
  private static final Pattern NEVER = Pattern.compile("q=0(\\.0*)?");

  private Alternatives() {}

  /** Returns whether {@code wanted} is listed, and not at weight 0. */
  static boolean have(List<String> lines, String wanted) {
    return lines.stream().anyMatch(line -> has(line, wanted));
  }

  private static boolean has(String line, String wanted) {
    return Arrays.stream(line.split(",", -1))
        .map(
            alternative -> alternative.toLowerCase(Locale.ROOT).replace(" ", "").split(";", -1))
        .anyMatch(parts -> parts[0].strip().equals(wanted)
            && Arrays.stream(parts).noneMatch(part -> NEVER.matcher(part).matches()));
  }
}

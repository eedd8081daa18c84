package io.hera.cli.nodes;

import io.hera.registry.Key;
import io.hera.wire.Percent;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words for numbers, durations and keys. */
public final class Phrasing {
  private static final int KEYS_MAX = 5;

  /** Control, format, surrogates, ends of lines and paragraphs. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

  /** Characters with a meaning in a path, and spaces. */
  private static final Pattern RESERVED = Pattern.compile("[%/?#\\\\\\p{Z}]");

  private Phrasing() {}

  /** Returns {@code 42 s}, {@code 3 min}, {@code 5 h} or {@code 2 d}, rounded to the nearest. */
  public static String duration(long millis) {
    long seconds = rounded(millis, 1_000);
    if (seconds < 120) {
      return seconds + " s";
    }
    if (seconds < 7_200) {
      return rounded(seconds, 60) + " min";
    }
    return seconds < 172_800 ? rounded(seconds, 3_600) + " h" : rounded(seconds, 86_400) + " d";
  }

  private static long rounded(long amount, long unit) {
    return (amount + unit / 2) / unit;
  }

  /** Returns {@code 1 instance}, {@code 2 instances}. */
  public static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** Returns the first keys, and how many more there are. */
  public static String keys(List<Key> keys) {
    String some = keys.stream()
        .limit(KEYS_MAX)
        .map(key -> printable(key.service() + "/" + key.id()))
        .collect(Collectors.joining(", "));
    return keys.size() <= KEYS_MAX ? some : some + " and " + (keys.size() - KEYS_MAX) + " more";
  }

  /** Returns {@code 300s on a, b; 60s on c}. */
  public static String values(Map<String, List<String>> nodes) {
    return nodes.entrySet().stream()
        .map(value -> value.getKey() + " on " + String.join(", ", value.getValue()))
        .collect(Collectors.joining("; "));
  }

  /** Returns why a node refuses entries, from the reason in its status. */
  public static String refusal(String reason) {
    return switch (reason) {
      case "capacity" -> "a cap in limits is reached";
      case "future_version" -> "their versions are too far in the future, a clock is wrong";
      default -> printable(reason);
    };
  }

  /** Replaces the characters that are not printable. */
  public static String printable(String text) {
    return UNPRINTABLE.matcher(text).replaceAll("?");
  }

  /** Returns whether all characters of a text are printable: a terminal neither obeys nor hides them. */
  public static boolean isPrintable(String text) {
    return !UNPRINTABLE.matcher(text).find();
  }

  /** Returns a name as in a path, but with the characters that can be read as they are. */
  public static String name(String name) {
    StringBuilder text = new StringBuilder();
    name.codePoints()
        .mapToObj(Character::toString)
        .forEach(character -> text.append(
            isPrintable(character) && !RESERVED.matcher(character).matches()
                ? character
                : Percent.encode(character)));
    return text.toString();
  }
}

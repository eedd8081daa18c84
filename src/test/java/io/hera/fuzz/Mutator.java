package io.hera.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A generator of nearly valid inputs, by mutation of a target's corpus. It handles text as
 * ISO-8859-1, one character per byte, so it works on any bytes.
 */
final class Mutator {
  private static final int LENGTH_MAX = 1 << 16;
  private static final Pattern TOKEN = Pattern.compile("[0-9]+|[A-Za-z_-]+|[^0-9A-Za-z_-]");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+");

  /** Numbers at the edges of the usual ranges and notations. */
  private static final List<String> EDGES = List.of(
      "0",
      "-1",
      "-0",
      "00",
      "010",
      "1e3",
      "0e30",
      "1.0",
      "1.5",
      "0.001",
      "65535",
      "65536",
      "2147483647",
      "2147483648",
      "9007199254740993",
      "9223372036854775807",
      "9223372036854775808",
      "1e400",
      "1e-400",
      "1e999999999",
      "1355833258675.0",
      "1.355833258675e+12",
      "99999999999999999999");

  /** Tokens that have a meaning in one of the formats. */
  private static final List<String> TOKENS = List.of(
      "{",
      "}",
      "[",
      "]",
      ":",
      ",",
      "\"",
      "\\",
      " ",
      "\n",
      "\t",
      "\0",
      "\u007f",
      "\u001b",
      "true",
      "null",
      "NaN",
      "\\u0061",
      "\\ud800",
      "\\udc00",
      "\\n",
      "\u00c3\u00a5",
      "\u00f0\u009f\u0098\u0080",
      "\u00ed\u00a0\u0080",
      "\u00c0\u00af",
      "\u00ef\u00bb\u00bf",
      "\u00e2\u0080\u00ae",
      "\u00ff",
      "\"a\":1,",
      "[]",
      "{}",
      "/",
      "//",
      "?",
      "&",
      "=",
      ";",
      "#",
      "+",
      "%",
      "%2F",
      "%25",
      "%C3%A5",
      "%ed%a0%80",
      "%00",
      "..",
      "http://",
      "ttl=5s",
      "pretty",
      "_wait=1",
      "life=",
      "ms",
      "s",
      "m",
      "h",
      ": ",
      "- ",
      "# ",
      "? ",
      "| ",
      "&a ",
      "*a",
      "!!str ",
      "<<",
      "---",
      "no",
      "1:1",
      "cluster:",
      "ttl.min",
      "GiB");

  /** Text before and after a piece of input that is nested. */
  private static final List<List<String>> PAIRS = List.of(
      List.of("[", "]"),
      List.of("{\"a\":", "}"),
      List.of("- ", ""),
      List.of("? ", ""),
      List.of("\"", "\""));

  private final List<byte[]> corpus;
  private final Random random;

  Mutator(List<byte[]> corpus, Random random) {
    this.corpus = corpus;
    this.random = random;
  }

  /** Returns one input, of at most 64 KiB. It depends on the corpus and the random numbers only. */
  byte[] next() {
    String input = any();
    for (int i = random.nextInt(5); i > 0; i--) {
      String mutated = mutated(input);
      input = mutated.length() > LENGTH_MAX ? mutated.substring(0, LENGTH_MAX) : mutated;
    }
    return input.getBytes(ISO_8859_1);
  }

  private String any() {
    return new String(corpus.get(random.nextInt(corpus.size())), ISO_8859_1);
  }

  private String mutated(String input) {
    return switch (random.nextInt(10)) {
      case 0 -> flipped(input);
      case 1 -> spliced(input, any());
      case 2 -> token(input, "");
      case 3 -> token(input, one(TOKENS));
      case 4 -> token(input, otherToken(input));
      case 5 -> inserted(input, one(TOKENS));
      case 6 -> number(input);
      case 7 -> input.substring(0, random.nextInt(input.length() + 1));
      case 8 -> repeated(input);
      default -> nested(input);
    };
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private String flipped(String input) {
    if (input.isEmpty()) {
      return input;
    }
    int at = random.nextInt(input.length());
    char flipped = (char) (input.charAt(at) ^ (1 << random.nextInt(8)));
    return input.substring(0, at) + flipped + input.substring(at + 1);
  }

  private String spliced(String input, String other) {
    int from = random.nextInt(other.length() + 1);
    int to = from + random.nextInt(other.length() - from + 1);
    return inserted(input, other.substring(from, to));
  }

  private String inserted(String input, String more) {
    int at = random.nextInt(input.length() + 1);
    return input.substring(0, at) + more + input.substring(at);
  }

  /** Replaces one token. */
  private String token(String input, String replacement) {
    return replaced(input, TOKEN, replacement);
  }

  private String number(String input) {
    return replaced(input, NUMBER, one(EDGES));
  }

  private String replaced(String input, Pattern pattern, String replacement) {
    List<MatchResult> found = pattern.matcher(input).results().toList();
    if (found.isEmpty()) {
      return replacement + input;
    }
    MatchResult token = found.get(random.nextInt(found.size()));
    return input.substring(0, token.start()) + replacement + input.substring(token.end());
  }

  private String otherToken(String input) {
    List<MatchResult> found = TOKEN.matcher(input).results().toList();
    return found.isEmpty() ? "" : found.get(random.nextInt(found.size())).group();
  }

  /** Repeats a piece of the input, for extreme lengths and counts. */
  private String repeated(String input) {
    int from = random.nextInt(input.length() + 1);
    int to = Math.min(input.length(), from + 1 + random.nextInt(1 << random.nextInt(8)));
    int times = Math.min(1 << random.nextInt(13), LENGTH_MAX / Math.max(1, to - from));
    return input.substring(0, to) + input.substring(from, to).repeat(times) + input.substring(to);
  }

  /** Nests a piece of the input in brackets. */
  private String nested(String input) {
    int from = random.nextInt(input.length() + 1);
    int to = from + random.nextInt(input.length() - from + 1);
    int times = 1 << random.nextInt(11);
    List<String> pair = one(PAIRS);
    return input.substring(0, from)
        + pair.get(0).repeat(times)
        + input.substring(from, to)
        + pair.get(1).repeat(times)
        + input.substring(to);
  }
}

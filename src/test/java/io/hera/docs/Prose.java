package io.hera.docs;

import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The prose of a file, with any white space as one space, so that a phrase is found across the end
 * of a line.
 */
final class Prose {
  /** Comments, text blocks, strings and characters of Java. */
  private static final Pattern JAVA = Pattern.compile(
      "/\\*.*?(?:\\*/|\\z)|//[^\n]*|\"\"\".*?\"\"\"|\"(?:[^\"\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\n]|\\\\.)*'",
      Pattern.DOTALL);

  /** The marks at the beginning of a line of a comment. */
  private static final Pattern MARK = Pattern.compile("(?m)^[ \t]*(/\\*+|\\*|//|#+|>)");

  private final StringBuilder text = new StringBuilder();
  private final int[] lines;

  private Prose(String source) {
    lines = new int[source.length()];
    int line = 1;
    for (int i = 0; i < source.length(); i++) {
      char c = source.charAt(i);
      boolean space = Character.isWhitespace(c);
      if (!space || text.length() == 0 || text.charAt(text.length() - 1) != ' ') {
        lines[text.length()] = line;
        text.append(space ? ' ' : c);
      }
      line += c == '\n' ? 1 : 0;
    }
  }

  /** Returns all of a text. */
  static Prose of(String text) {
    return new Prose(blank(MARK, text));
  }

  /** Returns the comments and strings of a source of Java. */
  static Prose ofJava(String source) {
    StringBuilder kept = new StringBuilder();
    int end = 0;
    for (MatchResult prose : JAVA.matcher(source).results().toList()) {
      kept.append(blank(source.substring(end, prose.start()))).append(prose.group());
      end = prose.end();
    }
    return of(kept.toString());
  }

  /** A match, and the line on which it begins. */
  record Found(int line, String phrase) {}

  /** Returns each match of {@code phrase}. */
  Stream<Found> find(Pattern phrase) {
    return phrase
        .matcher(text)
        .results()
        .map(found -> new Found(lines[found.start()], found.group()));
  }

  private static String blank(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.replaceAll(found -> blank(found.group()));
  }

  /** Returns as many spaces, with the ends of lines kept. */
  private static String blank(String text) {
    char[] blank = new char[text.length()];
    Arrays.fill(blank, ' ');
    for (int i = 0; i < blank.length; i++) {
      blank[i] = text.charAt(i) == '\n' ? '\n' : ' ';
    }
    return new String(blank);
  }
}

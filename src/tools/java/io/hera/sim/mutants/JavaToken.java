package io.hera.sim.mutants;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One token of Java source. A string, a character literal and a text block are one token each;
 * comments and white space are not tokens. {@code >>} is two tokens, as it is where it closes type
 * arguments.
 *
 * @param text the token as written
 * @param start index of its first character in the source
 */
record JavaToken(String text, int start) {
  private static final Pattern LEXEME =
      Pattern.compile("(?<skipped>\\s+|//[^\\n]*|/\\*(?s:.*?)\\*/)"
          + "|\"\"\"(?:[^\"\\\\]++|\\\\(?s:.)|\"(?!\"\"))*+\"\"\""
          + "|\"(?:[^\"\\\\\\n]++|\\\\.)*+\""
          + "|'(?:[^'\\\\\\n]++|\\\\.)*+'"
          + "|\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*+"
          + "|\\.?\\d(?:[eEpP][-+]|[\\w.])*+"
          + "|>>>=|>>=|<<=|<<|\\.\\.\\.|->|::|\\+\\+|--|&&|\\|\\||[-+*/%&|^!=<>]="
          + "|(?s:.)");

  /** Returns the tokens of {@code source} in their order. */
  static List<JavaToken> of(String source) {
    List<JavaToken> tokens = new ArrayList<>();
    Matcher lexeme = LEXEME.matcher(source);
    while (lexeme.find()) {
      if (lexeme.start("skipped") < 0) {
        tokens.add(new JavaToken(lexeme.group(), lexeme.start()));
      }
    }
    return List.copyOf(tokens);
  }

  /** Returns the index after its last character in the source. */
  int end() {
    return start + text.length();
  }
}

package io.hera.sim.mutants;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Java source with its tokens: two sources that differ in comments and layout only have equal
 * texts.
 */
record Tokens(String source, List<JavaToken> tokens) {
  /** Splits {@code source} into tokens. */
  static Tokens of(String source) {
    return new Tokens(source, JavaToken.of(source));
  }

  /** Returns the texts of the tokens. */
  List<String> texts() {
    return tokens.stream().map(JavaToken::text).toList();
  }

  int size() {
    return tokens.size();
  }

  /** Returns the index of the first token of each place where the tokens of {@code sought} stand. */
  List<Integer> placesOf(Tokens sought) {
    List<String> texts = texts();
    List<String> wanted = sought.texts();
    return IntStream.rangeClosed(0, size() - sought.size())
        .filter(at -> texts.subList(at, at + wanted.size()).equals(wanted))
        .boxed()
        .toList();
  }

  /** Returns the source from the first character of token {@code from} to the last of token {@code to - 1}. */
  String between(int from, int to) {
    return from == to
        ? ""
        : source.substring(tokens.get(from).start(), tokens.get(to - 1).end());
  }

  /** Returns the source with tokens {@code from} to {@code to - 1} replaced, {@code from < to}. */
  String replace(int from, int to, String replacement) {
    return source.substring(0, tokens.get(from).start())
        + replacement
        + source.substring(tokens.get(to - 1).end());
  }
}

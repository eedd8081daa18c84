package io.hera.sim.mutants;

import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import javax.lang.model.SourceVersion;

/** A piece of Java source and its tokens. */
record Tokens(String source, List<JavaToken> tokens) {
  /** Splits {@code source} into tokens. */
  static Tokens of(String source) {
    return new Tokens(source, JavaToken.of(source));
  }

  int size() {
    return tokens.size();
  }

  /** Returns the token at {@code index} as written. */
  String text(int index) {
    return tokens.get(index).text();
  }

  /** Returns the tokens as written. */
  List<String> texts() {
    return tokens.stream().map(JavaToken::text).toList();
  }

  /** Returns whether the token is an identifier and no keyword. */
  boolean isName(int index) {
    return SourceVersion.isName(text(index));
  }

  /** Returns whether the token is selected from something else, as {@code b} in {@code a.b}. */
  boolean isMember(int index) {
    return index > 0 && List.of(".", "::").contains(text(index - 1));
  }

  /** Returns whether the token stands before an opening parenthesis. */
  boolean isCalled(int index) {
    return index + 1 < size() && text(index + 1).equals("(");
  }

  /** Returns the tokens of {@code span} as written. */
  List<String> texts(Span span) {
    return texts().subList(span.from(), span.to());
  }

  /** Returns every span whose tokens equal {@code sought}; they may overlap. */
  List<Span> spansOf(List<String> sought) {
    List<String> texts = texts();
    return IntStream.rangeClosed(0, size() - sought.size())
        .filter(at -> texts.subList(at, at + sought.size()).equals(sought))
        .mapToObj(at -> new Span(at, at + sought.size()))
        .toList();
  }

  /** Returns the source with the tokens of {@code span}, or the blanks at its place, replaced. */
  String replace(Span span, String replacement) {
    int start = span.isEmpty() ? endBefore(span.from()) : startOf(span.from());
    int end = span.isEmpty() ? startOf(span.from()) : endBefore(span.to());
    return source.substring(0, start) + replacement + source.substring(end);
  }

  /** Returns the code of {@code span} as laid out, without comments and common indentation. */
  String code(Span span) {
    if (span.isEmpty()) {
      return "";
    }
    String indentation = "\n" + " ".repeat(indentation(lineOf(span.from())));
    StringBuilder code = new StringBuilder(text(span.from()));
    for (int at = span.from() + 1; at < span.to(); at++) {
      code.append(gapBefore(at).replace(indentation, "\n")).append(text(at));
    }
    return code.toString();
  }

  /** Returns the code with the name at each index replaced by the one that {@code naming} gives. */
  String rename(IntFunction<String> naming) {
    StringBuilder renamed = new StringBuilder();
    for (int at = 0; at < size(); at++) {
      renamed.append(at == 0 ? "" : gapBefore(at));
      renamed.append(isName(at) ? naming.apply(at) : text(at));
    }
    return renamed.toString();
  }

  /**
   * Returns the smallest span of whole lines around {@code core} that {@code wanted} accepts, or
   * the span of all tokens if it accepts none.
   */
  Span widen(Span core, Predicate<Span> wanted) {
    Span wide = lines(core);
    boolean down = true;
    while (!wanted.test(wide) && wide.size() < size()) {
      boolean below = wide.from() == 0 || (down && wide.to() < size());
      wide = lines(
          below ? new Span(wide.from(), wide.to() + 1) : new Span(wide.from() - 1, wide.to()));
      down = !below;
    }
    return wide;
  }

  private Span lines(Span span) {
    int from = span.from();
    while (!startsLine(from)) {
      from--;
    }
    int to = span.to();
    while (to < size() && !startsLine(to)) {
      to++;
    }
    return new Span(from, to);
  }

  private boolean startsLine(int index) {
    return index == 0 || gapBefore(index).startsWith("\n");
  }

  /** Returns the blanks before a token: a line feed with the indentation, a space, or nothing. */
  String gapBefore(int index) {
    String gap = source.substring(endBefore(index), startOf(index));
    int line = gap.lastIndexOf('\n');
    if (line >= 0) {
      return "\n" + " ".repeat(indentation(endBefore(index) + line + 1));
    }
    return gap.isEmpty() ? "" : " ";
  }

  private int indentation(int line) {
    int end = line;
    while (end < source.length() && source.charAt(end) == ' ') {
      end++;
    }
    return end - line;
  }

  private int lineOf(int index) {
    return source.lastIndexOf('\n', startOf(index)) + 1;
  }

  private int startOf(int index) {
    return index == size() ? source.length() : tokens.get(index).start();
  }

  private int endBefore(int index) {
    return index == 0 ? 0 : tokens.get(index - 1).end();
  }
}

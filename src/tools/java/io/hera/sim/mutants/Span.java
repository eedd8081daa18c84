package io.hera.sim.mutants;

/**
 * A range of tokens; an empty one is the place before the token {@code from}.
 *
 * @param from index of the first token
 * @param to index after the last token
 */
record Span(int from, int to) {
  Span {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException(from + ".." + to + " is not a span");
    }
  }

  int size() {
    return to - from;
  }

  boolean isEmpty() {
    return from == to;
  }

  /** Returns how many tokens lie between this span and the token at {@code index}. */
  int distance(int index) {
    return Math.max(0, Math.max(from - index, index - to + 1));
  }

  /** Returns the span of {@code size} tokens that begins {@code offset} tokens after this one. */
  Span part(int offset, int size) {
    return new Span(from + offset, from + offset + size);
  }
}

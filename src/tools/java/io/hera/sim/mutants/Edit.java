package io.hera.sim.mutants;

import java.util.List;

/**
 * One change of a source.
 *
 * @param old code that occurs in the source once, by its tokens
 * @param replacement the code that replaces it
 */
record Edit(String old, String replacement) {
  /** Returns the places of the old code in {@code source}; the edit applies if there is one. */
  List<Span> placesIn(Tokens source) {
    return source.spansOf(Tokens.of(old).texts());
  }

  /** Returns whether the old code occurs in {@code source} once. */
  boolean appliesTo(Tokens source) {
    return placesIn(source).size() == 1;
  }

  /** Returns whether both differ in layout only. */
  boolean isLike(Edit other) {
    return Tokens.of(old).texts().equals(Tokens.of(other.old).texts())
        && Tokens.of(replacement).texts().equals(Tokens.of(other.replacement).texts());
  }
}
